package dev.attain.systemtests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Who may know whom. Read from the compiled classes of all modules. */
class ModuleArrowsTest {
  private static final String ROOT = "dev.attain";
  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT);

  /**
   * A module and everything it may know besides the JDK and itself: modules by name, libraries by package.
   *
   * <p>
   * A module whose public types hand out those of another passes that knowledge on: whoever knows {@code experiment}
   * meets schedules, workloads and objectives in it.
   */
  record Module(String name, List<String> modules, List<String> libraries) {
    String packageName() {
      return ROOT + "." + name;
    }

    String[] allowed() {
      return Stream.of(Stream.of("java..", "javax..", "com.sun.management", packageName()),
          modules.stream().map(module -> ROOT + "." + module), libraries.stream())
          .flatMap(names -> names).toArray(String[]::new);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<String> DEFINITIONS = List.of("schedule", "workload", "measurement", "experiment");

  static final List<Module> MODULES = List.of(
      new Module("schedule", List.of(), List.of()),
      new Module("workload", List.of(), List.of()),
      new Module("measurement", List.of(), List.of("org.HdrHistogram")),
      new Module("statistics", List.of("measurement"), List.of("org.hipparchus..")),
      new Module("search", List.of("measurement", "statistics"), List.of()),
      new Module("experiment", List.of("schedule", "workload", "measurement"), List.of("com.typesafe.config..")),
      new Module("sockets", List.of("measurement"), List.of("io.netty..")),
      new Module("client", List.of("workload", "measurement", "sockets"),
          List.of("io.netty..", "com.fasterxml.jackson.core..", "org.HdrHistogram")),
      new Module("selftest", List.of("schedule", "workload", "measurement", "client"),
          List.of("io.netty..", "org.HdrHistogram", "com.fasterxml.jackson.core..")),
      new Module("engines", DEFINITIONS, List.of("com.fasterxml.jackson..")),
      new Module("simulator", List.of(), List.of("io.netty..", "com.fasterxml.jackson..")),
      new Module("cluster", Stream.concat(DEFINITIONS.stream(), Stream.of("client", "engines")).toList(),
          List.of("akka..", "scala..", "com.esotericsoftware.kryo..", "org.objenesis..", "com.typesafe.config..",
              "org.slf4j..", "org.HdrHistogram")),
      new Module("results", Stream.concat(DEFINITIONS.stream(), Stream.of("statistics")).toList(),
          List.of("com.fasterxml.jackson..", "org.HdrHistogram")),
      // What the planner finds is written as it is: its outcome is a record of the results.
      new Module("planner", Stream.concat(DEFINITIONS.stream(), Stream.of("simulator", "results")).toList(),
          List.of()),
      new Module("report", Stream.concat(DEFINITIONS.stream(), Stream.of("statistics", "results")).toList(),
          // A bundle hands out its resolved configuration as JSON.
          List.of("org.HdrHistogram", "com.fasterxml.jackson..", "org.apache.pdfbox..")),
      new Module("cli",
          Stream.concat(DEFINITIONS.stream(),
              Stream.of("statistics", "search", "client", "selftest", "engines", "simulator", "cluster", "results",
                  "planner",
                  "report"))
              .toList(),
          List.of("picocli..", "ch.qos.logback..", "org.slf4j..")),
      new Module("bench", List.of("schedule", "workload", "measurement", "client", "selftest", "report"),
          List.of("picocli..", "com.fasterxml.jackson..", "org.HdrHistogram")));

  @ParameterizedTest
  @FieldSource("MODULES")
  void moduleKnowsOnlyWhatTheDesignLetsItKnow(Module module) {
    classes().that().resideInAPackage(module.packageName()).should().onlyDependOnClassesThat()
        .resideInAnyPackage(module.allowed()).check(CLASSES);
  }

  @Test
  void everyModuleIsOnePackageAndIsListedHere() {
    Set<String> packages = CLASSES.stream().map(JavaClass::getPackageName)
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(packages).containsExactlyInAnyOrderElementsOf(MODULES.stream().map(Module::packageName).toList());
  }

  @Test
  void onlyTheClusterKnowsAkka() {
    noClasses().that().resideOutsideOfPackage(ROOT + ".cluster").should().dependOnClassesThat()
        .resideInAPackage("akka..").check(CLASSES);
  }

  @Test
  void modulesFormNoCycle() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void nothingIsMeantForJavaSerialization() {
    classes().should(notName(Serializable.class)).check(CLASSES);
  }

  /**
   * Instants of a measurement come from the one clock that a test can replace. The engines and the simulator know no
   * measurement; they read the time for their own deadlines and steps, and no stamp of ours.
   */
  @Test
  void onlyTheMeasurementsClockReadsTheTime() {
    noClasses().that().resideOutsideOfPackages(ROOT + ".engines", ROOT + ".simulator")
        .and().doNotHaveFullyQualifiedName(ROOT + ".measurement.NanoClock")
        .should().callMethod(System.class, "nanoTime")
        .orShould().callMethod(System.class, "currentTimeMillis").check(CLASSES);
  }

  /** Exceptions, enums and lambdas are serializable because the JDK says so; nobody here asks for it. */
  private static ArchCondition<JavaClass> notName(Class<?> type) {
    return new ArchCondition<>("not name " + type.getSimpleName() + " among its own interfaces") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        if (item.getRawInterfaces().stream().anyMatch(named -> named.isEquivalentTo(type))) {
          events.add(SimpleConditionEvent.violated(item, item.getName() + " implements " + type.getName()));
        }
      }
    };
  }
}
