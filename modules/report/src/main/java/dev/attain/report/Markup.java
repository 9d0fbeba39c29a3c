package dev.attain.report;

/** Text made safe inside elements and attributes of HTML and SVG. */
final class Markup {
  private Markup() {}

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }
}
