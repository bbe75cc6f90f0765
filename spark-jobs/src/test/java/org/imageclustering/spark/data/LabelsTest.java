package org.imageclustering.spark.data;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "org.imageclustering.spark",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class LabelsTest {
  @ArchTest
  static final ArchRule NO_METHOD_SEES_LABELS =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.imageclustering.spark.data",
              "org.imageclustering.spark.evaluate",
              "org.imageclustering.spark.job")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(LabelTable.class)
          .because("clustering must not see what it is scored against");
}
