package org.imageclustering.report;

/** One part of the page: its data, and how they are drawn. */
public sealed interface Section
    permits ClusterCountSection,
        ClusterSection,
        ConfusionSection,
        EigenvalueSection,
        LearningSection,
        GallerySection,
        LineSection,
        MapSection,
        MapsSection,
        RunSection,
        TableSection,
        TextSection {
  /** Returns the anchor, unique in the page: lower case letters and dashes. */
  String id();

  /** Returns the heading, as in the navigation. */
  String title();

  /** Writes what stands below the heading. */
  void write(PageWriter page);
}
