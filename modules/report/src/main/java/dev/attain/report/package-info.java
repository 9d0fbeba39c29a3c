/**
 * What a bundle says, for people: sentences and a table for the terminal, {@code report.html}, {@code report.md} and
 * pictures. The way in is {@link dev.attain.report.Reports}; {@link dev.attain.report.Comparison} sets deployments of one
 * or several bundles against each other.
 *
 * <p><b>Path.</b> Summaries of a deployment become one result per rate (repeats pooled), results become a finding (which
 * rate is sustained), findings and facts become a list of blocks, and a view gives the blocks a form. Both documents are
 * views of the same blocks, so they cannot say different things.
 *
 * <p><b>Invariants.</b>
 * <ul>
 * <li>Nothing is extrapolated: above the highest measured rate it is "at least", below the lowest "below". An invalid
 * point counts for nothing but is named.</li>
 * <li>Views at other objectives than the run's say so before anything else, and lie in a folder of their own.</li>
 * <li>A rate is sustained only when no lower rate misses.</li>
 * <li>A closed loop is called one wherever its figures are: users are "served", no rate is "sustained", and what such
 * points cannot show stands before what they show.</li>
 * <li>The HTML loads nothing, and forbids itself to; tables and curves are there without its script. It follows the reader's light or dark setting, and a colour never says
 * anything that words beside it do not.</li>
 * <li>Everything from a bundle is escaped before it enters HTML, SVG or Markdown.</li>
 * </ul>
 *
 * <p><b>Decisions.</b> Charts are described once and painted on a small canvas interface with one form for SVG and one
 * for Java2D, instead of with a charting library: the picture in the page and the picture in {@code plots/} are then the
 * same, the SVG can take its colours from the page, and the line styles of the field (solid both objectives, dotted TTFT
 * only, dashed TPOT only; colocated red, disaggregated blue) are a few lines. After a zoom the page's script draws the
 * same strokes again from the same values: some 600 lines in files by what they do, where a charting library would bring
 * many more and a second look. The course of a point comes from its records, which are exact and can be judged by other
 * objectives, and only without them from the timeline. Arrivals are tested by the index of dispersion of counts, which
 * sees both bursts and stalls and has a known distribution for every renewal process. Latency axes are logarithmic, because
 * latencies past saturation grow by orders of magnitude and would press everything else to the ground. Percentiles of
 * repeats are drawn one by one: summaries cannot be pooled, and percentiles are never averaged. Stages of the time to
 * first token are stacked as means, the only figure of theirs that adds up, on a linear axis from zero; solid, open and
 * hatched parts stay apart on a grey printer. PDF is a third canvas, written by PDFBox because the JDK has none: its font
 * goes into the file, as printers of papers demand. Comparisons draw both sides of a pair in the same blocks, so that what
 * the same requests have in common cancels out, and judge no rate whose requests were not the same. What the highest rates may
 * truly be is drawn for all loads of a side together, since they had the same arrivals, and independently for each side: with
 * independent errors of neighbouring loads, intervals held the true rate 86 times of a hundred instead of 94 to 96.
 */
package dev.attain.report;
