/**
 * Chronicle Map's own package. Holds the one class that Chronicle would otherwise generate and
 * compile with javac at each start, which takes half a second, a JDK and more rights than the
 * executable jar's manifest can grant. A test generates it anew and compares.
 */
package net.openhft.chronicle.hash;
