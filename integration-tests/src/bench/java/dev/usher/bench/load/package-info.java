/**
 * The load run: wrk against the same origins directly, through Usher, HAProxy, nginx and Undertow's
 * own proxy, all in turn in one run.
 *
 * <pre>
 * mvn -Pbench -Dbench=load -DskipTests -DskipITs -pl integration-tests -am verify
 * </pre>
 *
 * <p>Wants wrk, HAProxy and nginx (Debian: {@code wrk haproxy nginx-light}); says so and does
 * nothing without them. Everything listens on loopback, lives in a temporary folder and is ended
 * with the run. The table is printed and written to {@code target/bench/load.md}. Options, each as
 * a system property through {@code -Dload.args="-Dload.rounds=5"}: {@code load.rounds}, {@code
 * load.seconds}, {@code load.warmup}, {@code load.connections}, {@code load.only} (names of
 * candidates), {@code load.workloads}, {@code load.java-options} (for both Java candidates).
 */
@NullMarked
package dev.usher.bench.load;

import org.jspecify.annotations.NullMarked;
