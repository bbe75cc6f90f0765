/**
 * The report of a run: one HTML page that needs no network, drawn from plain data. Stands at the
 * end of the flow; knows neither Spark nor the run directory.
 *
 * <p>A page is a {@link org.imageclustering.report.Head} and a list of {@link
 * org.imageclustering.report.Section}s, one class each; {@link org.imageclustering.report.Page}
 * puts them together with the style, the script and the chart library that come with this package.
 * Tables and pictures are plain HTML and show without JavaScript; only the map and the curves need
 * it. Every text is escaped by {@link org.imageclustering.report.HtmlWriter}.
 */
package org.imageclustering.report;
