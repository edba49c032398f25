package dev.usher.sidecar.arch;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;

/** Who may know whom. A room that breaks one of these stands in the wrong place. */
@AnalyzeClasses(packages = "dev.usher", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "dev.usher.sidecar";
  private static final String[] SHARED = {"dev.usher.unit..", "dev.usher.bucket.."};
  private static final String[] JDK = {"java..", "javax..", "org.jspecify.."};
  private static final String[] INNERMOST =
      rooms("shaper", "backend", "schedule", "health", "stats", "time");

  @ArchTest
  static final ArchRule the_innermost_rooms_know_only_each_other_shared_and_the_jdk =
      classes()
          .that(resideInAnyPackage(INNERMOST))
          .should()
          .onlyDependOnClassesThat(resideInAnyPackage(join(INNERMOST, SHARED, JDK)));

  @ArchTest
  static final ArchRule directors_know_the_innermost_rooms_and_the_strand =
      classes()
          .that(resideInAPackage(room("director")))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(join(INNERMOST, SHARED, JDK, rooms("strand", "director"))));

  @ArchTest
  static final ArchRule http_knows_no_sibling_but_classify_cache_and_protocol =
      noSibling("http", "admin", "store", "cli");

  @ArchTest
  static final ArchRule admin_knows_no_sibling =
      noSibling("admin", "http", "store", "classify", "protocol", "cli");

  @ArchTest
  static final ArchRule classify_knows_no_sibling =
      noSibling("classify", "http", "admin", "store", "protocol", "cli");

  @ArchTest
  static final ArchRule protocol_knows_no_sibling =
      noSibling("protocol", "http", "admin", "store", "classify", "cli", "director");

  @ArchTest
  static final ArchRule store_knows_no_sibling =
      noSibling("store", "http", "admin", "classify", "protocol", "cli");

  @ArchTest
  static final ArchRule configuration_knows_nothing_that_serves =
      noSibling("config", "http", "admin", "store", "classify", "protocol", "cli", "strand");

  @ArchTest
  static final ArchRule undertow_stays_where_it_serves =
      noClasses()
          .that(
              not(
                  resideInAnyPackage(
                      join(
                          rooms("http", "protocol", "classify", "admin", "strand"),
                          new String[] {ROOT}))))
          .should()
          .dependOnClassesThat(resideInAnyPackage("io.undertow..", "org.xnio.."));

  @ArchTest
  static final ArchRule jackson_stays_where_documents_are_read_and_written =
      noClasses()
          .that(not(resideInAnyPackage(rooms("admin", "store", "config"))))
          .should()
          .dependOnClassesThat(resideInAnyPackage("com.fasterxml.jackson.."));

  @ArchTest
  static final ArchRule chronicle_stays_in_the_store =
      noClasses()
          .that(not(resideInAPackage(room("store"))))
          .should()
          .dependOnClassesThat(resideInAPackage("net.openhft.."));

  @ArchTest
  static final ArchRule nobody_knows_the_root =
      noClasses()
          .that(not(resideInAPackage(ROOT)))
          .should()
          .dependOnClassesThat(resideInAPackage(ROOT));

  @ArchTest
  static final ArchRule no_cycles_between_rooms =
      slices().matching("dev.usher.sidecar.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule clocks_sleeps_and_randomness_stay_behind_time =
      noClasses()
          .that(not(resideInAnyPackage(rooms("time"))))
          .should(callAnyOf())
          .because("tests move time by hand");

  @ArchTest
  static final ArchRule shared_knows_the_jdk_only =
      classes()
          .that(resideInAnyPackage(SHARED))
          .should()
          .onlyDependOnClassesThat(resideInAnyPackage(join(SHARED, JDK)));

  @ArchTest
  static final ArchRule pipeline_and_api_see_handles_never_the_core =
      noClasses()
          .that(resideInAnyPackage(rooms("http", "admin", "cli")))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(rooms("director.core", "director.registry"))
                  .or(named("shaper.Shaper"))
                  .or(named("shaper.Bucket"))
                  .or(named("shaper.Waiter"))
                  .or(named("backend.Backend")));

  @ArchTest
  static final ArchRule no_cycles_between_the_rooms_of_directors =
      slices().matching("dev.usher.sidecar.director.(*)..").should().beFreeOfCycles();

  private static com.tngtech.archunit.lang.ArchCondition<JavaClass> callAnyOf() {
    return new com.tngtech.archunit.lang.ArchCondition<>("ask the JDK for time or chance") {
      @Override
      public void check(JavaClass item, com.tngtech.archunit.lang.ConditionEvents events) {
        item.getAccessesFromSelf().stream()
            .filter(
                call -> {
                  String target =
                      call.getTargetOwner().getName() + "." + call.getTarget().getName();
                  return FORBIDDEN_CALLS.contains(target);
                })
            .forEach(
                call ->
                    events.add(
                        com.tngtech.archunit.lang.SimpleConditionEvent.satisfied(
                            item, call.getDescription())));
      }
    };
  }

  private static final List<String> FORBIDDEN_CALLS =
      List.of(
          "java.lang.System.nanoTime",
          "java.lang.System.currentTimeMillis",
          "java.lang.Thread.sleep",
          "java.time.Instant.now",
          "java.time.LocalDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.lang.Math.random",
          "java.util.Random.<init>",
          "java.util.concurrent.ThreadLocalRandom.current");

  private static ArchRule noSibling(String from, String... siblings) {
    return noClasses()
        .that(resideInAPackage(room(from)))
        .should()
        .dependOnClassesThat(resideInAnyPackage(rooms(siblings)));
  }

  private static DescribedPredicate<JavaClass> named(String inner) {
    return JavaClass.Predicates.equivalentTo(classFor(ROOT + "." + inner));
  }

  private static Class<?> classFor(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError("the rule names a class that is gone: " + name, e);
    }
  }

  private static String room(String name) {
    return ROOT + "." + name + "..";
  }

  private static String[] rooms(String... names) {
    String[] packages = new String[names.length];
    for (int i = 0; i < names.length; i++) {
      packages[i] = room(names[i]);
    }
    return packages;
  }

  private static String[] join(String[]... lists) {
    List<String> all = new ArrayList<>();
    for (String[] list : lists) {
      all.addAll(List.of(list));
    }
    return all.toArray(new String[0]);
  }
}
