package dev.attain.report;

import dev.attain.report.Chart.Pattern;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws into SVG. Colours are variables of the style sheet around it, so that the picture follows the page. */
final class SvgCanvas implements Canvas {
  private final StringBuilder svg = new StringBuilder();

  /** The chart as an element for a page whose style sheet defines the colours. */
  static String element(Figure figure) {
    return open(figure) + body(figure) + "</svg>\n";
  }

  /** The chart as a file of its own. */
  static String file(Figure figure) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + open(figure) + "<style>" + Resource.text("colors.css")
        + "svg{background:var(--page);font-family:sans-serif}</style>\n" + body(figure) + "</svg>\n";
  }

  private static String open(Figure figure) {
    return String.format(Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" role=\"img\">%n<title>%s</title>%n",
        ChartPainter.WIDTH, figure.height(), Markup.escaped(figure.title()));
  }

  private static String body(Figure figure) {
    var canvas = new SvgCanvas();
    figure.paintOn(canvas);
    return canvas.svg.toString();
  }

  @Override
  public void group(String part, Runnable content) {
    append("<g class=\"" + part + "\">");
    content.run();
    append("</g>");
  }

  @Override
  public void line(Spot from, Spot to, Ink ink, Pattern pattern, double width) {
    append(String.format(Locale.ROOT, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" %s/>", from.x(), from.y(),
        to.x(), to.y(),
        stroke(ink, pattern, width)));
  }

  @Override
  public void path(List<Spot> spots, Ink ink, Pattern pattern, double width) {
    String points = spots.stream().map(spot -> String.format(Locale.ROOT, "%.1f,%.1f", spot.x(), spot.y()))
        .collect(Collectors.joining(" "));
    append(String.format(Locale.ROOT, "<polyline points=\"%s\" fill=\"none\" stroke-linejoin=\"round\" %s/>", points,
        stroke(ink, pattern, width)));
  }

  @Override
  public void box(Spot corner, Spot opposite, Ink ink, boolean filled, String hint) {
    append(String.format(Locale.ROOT,
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" style=\"fill:%s;stroke:var(--%s)\""
            + " stroke-width=\"1.2\">%s</rect>",
        corner.x(), corner.y(), opposite.x() - corner.x(), opposite.y() - corner.y(), fill(ink, filled), ink.name,
        title(hint)));
  }

  @Override
  public void marker(Spot centre, double radius, Ink ink, boolean filled, String hint) {
    append(String.format(Locale.ROOT,
        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" style=\"fill:%s;stroke:var(--%s)\" stroke-width=\"1.4\">%s</circle>",
        centre.x(), centre.y(), radius, fill(ink, filled), ink.name, title(hint)));
  }

  private static String fill(Ink ink, boolean filled) {
    return filled ? "var(--" + ink.name + ")" : "var(--page)";
  }

  private static String title(String hint) {
    return hint.isEmpty() ? "" : "<title>" + Markup.escaped(hint) + "</title>";
  }

  @Override
  public void text(Spot place, String text, Anchor anchor, Ink ink, double size, boolean bold) {
    append(String.format(Locale.ROOT,
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%.1f\"%s style=\"fill:var(--%s)\">%s</text>",
        place.x(), place.y(), anchor.name().toLowerCase(Locale.ROOT), size, bold ? " font-weight=\"600\"" : "",
        ink.name, Markup.escaped(text)));
  }

  private static String stroke(Ink ink, Pattern pattern, double width) {
    String dashes = switch (pattern) {
      case SOLID -> "";
      case DASHED -> " stroke-dasharray=\"7 4\"";
      case DOTTED -> " stroke-dasharray=\"1.5 3.5\" stroke-linecap=\"round\"";
    };
    return String.format(Locale.ROOT, "style=\"stroke:var(--%s)\" stroke-width=\"%.1f\"%s", ink.name, width, dashes);
  }

  private void append(String element) {
    svg.append(element).append('\n');
  }
}
