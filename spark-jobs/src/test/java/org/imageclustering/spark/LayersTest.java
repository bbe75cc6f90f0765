package org.imageclustering.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** One direction: cli, job, methods, stages; all but {@code common} may use the settings. */
@AnalyzeClasses(
    packages = "org.imageclustering",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class LayersTest {
  private static final String SPARK = "org.imageclustering.spark.";
  private static final String[] METHODS = {
    SPARK + "baseline..",
    SPARK + "sanet..",
    SPARK + "autoencoder..",
    SPARK + "winnertakeall..",
    SPARK + "adaptive.."
  };
  private static final String[] ON_TOP = {SPARK + "cli..", SPARK + "job..", SPARK + "progress.."};
  private static final String[] BESIDE = {
    SPARK + "evaluate..", SPARK + "report..", SPARK + "benchmark.."
  };

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      SlicesRuleDefinition.slices().matching(SPARK + "(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NOBODY_USES_THE_COMMAND_LINE =
      classes()
          .that()
          .resideInAPackage(SPARK + "cli..")
          .should()
          .onlyHaveDependentClassesThat()
          .resideInAPackage(SPARK + "cli..");

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_USES_JOBS =
      classes()
          .that()
          .resideInAPackage(SPARK + "job..")
          .should()
          .onlyHaveDependentClassesThat()
          .resideInAnyPackage(SPARK + "job..", SPARK + "cli..");

  /** But for the last step, which may be the k-means that is a method too. */
  @ArchTest
  static final ArchRule ONLY_JOBS_USE_METHODS =
      classes()
          .that()
          .resideInAnyPackage(METHODS)
          .should()
          .onlyHaveDependentClassesThat()
          .resideInAnyPackage(
              SPARK + "baseline..",
              SPARK + "sanet..",
              SPARK + "autoencoder..",
              SPARK + "winnertakeall..",
              SPARK + "adaptive..",
              SPARK + "laststep..",
              SPARK + "job..");

  @ArchTest
  static final ArchRule A_METHOD_USES_NO_OTHER_METHOD =
      SlicesRuleDefinition.slices()
          .matching(SPARK + "(baseline|sanet|autoencoder|winnertakeall|adaptive)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule METHODS_AND_STAGES_KNOW_NOTHING_ABOVE_OR_BESIDE =
      noClasses()
          .that()
          .resideInAPackage(SPARK + "*..")
          .and()
          .resideOutsideOfPackages(concat(ON_TOP, BESIDE))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(concat(ON_TOP, BESIDE));

  /** Its project has dropped the module: what replaces it replaces one class. */
  @ArchTest
  static final ArchRule ONE_CLASS_USES_DL4J_ON_SPARK =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(SPARK + "training.ParameterAveraging")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.deeplearning4j.spark..");

  @ArchTest
  static final ArchRule NETWORKS_ARE_FOR_TRAINING_AND_METHODS =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              SPARK + "training..",
              SPARK + "autoencoder..",
              SPARK + "winnertakeall..",
              SPARK + "adaptive..",
              SPARK + "benchmark..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..");

  @ArchTest
  static final ArchRule ONLY_EVALUATION_SEES_LABELS =
      classes()
          .that()
          .haveFullyQualifiedName(SPARK + "data.LabelTable")
          .should()
          .onlyHaveDependentClassesThat()
          .resideInAnyPackage(SPARK + "data..", SPARK + "evaluate..", SPARK + "job..");

  @ArchTest
  static final ArchRule SCORES_AGAINST_LABELS_ARE_CLOSED_TO_METHODS_AND_STAGES =
      classes()
          .that()
          .resideInAPackage("org.imageclustering.evaluate..")
          .should()
          .onlyHaveDependentClassesThat()
          .resideInAnyPackage(
              "org.imageclustering.evaluate..",
              "org.imageclustering.report..",
              SPARK + "evaluate..",
              SPARK + "report..",
              SPARK + "job..");

  private static String[] concat(String[] a, String[] b) {
    String[] all = java.util.Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }
}
