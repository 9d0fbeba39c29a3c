package dev.attain.report;

import dev.attain.report.Chart.Pattern;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** Draws into a PDF page, whose letters are in the file itself, as printers of papers ask for. Needs no display. */
final class PdfCanvas implements Canvas {
  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
  private static final int WHITE = 0xffffff;
  // Four Bezier curves whose handles have this share of the radius make a circle.
  private static final double HANDLE = 0.5523;

  private final PDPageContentStream page;
  private final PDFont font;
  private final double left;
  private final double top;

  private PdfCanvas(PDPageContentStream page, PDFont font, double left, double top) {
    this.page = page;
    this.font = font;
    this.left = left;
    this.top = top;
  }

  /** One page with the figures beside each other; a unit of the drawing is a point, 1/72 inch. */
  static byte[] page(String title, List<? extends Figure> figures) throws IOException {
    double height = figures.stream().mapToDouble(Figure::height).max().orElseThrow();
    try (var document = new PDDocument()) {
      document.getDocumentInformation().setTitle(title);
      document.getDocumentInformation().setCreator("attain");
      var sheet = new PDPage(new PDRectangle((float) (ChartPainter.WIDTH * figures.size()), (float) height));
      document.addPage(sheet);
      try (var page = new PDPageContentStream(document, sheet)) {
        PDFont font = font(document);
        for (int number = 0; number < figures.size(); number++) {
          figures.get(number).paintOn(new PdfCanvas(page, font, number * ChartPainter.WIDTH, height));
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      var bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    }
  }

  private static PDFont font(PDDocument document) throws IOException {
    try (InputStream file = PDDocument.class.getResourceAsStream(FONT)) {
      return PDType0Font.load(document, file, true);
    }
  }

  /** Something to draw, which may fail as writing does. */
  private interface Drawing {
    void on(PDPageContentStream page) throws IOException;
  }

  private void draw(Drawing drawing) {
    try {
      drawing.on(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void line(Spot from, Spot to, Ink ink, Pattern pattern, double width) {
    path(List.of(from, to), ink, pattern, width);
  }

  @Override
  public void path(List<Spot> spots, Ink ink, Pattern pattern, double width) {
    draw(it -> {
      stroke(ink, pattern, width);
      it.setLineJoinStyle(1);
      it.moveTo(x(spots.getFirst()), y(spots.getFirst()));
      for (Spot spot : spots.subList(1, spots.size())) {
        it.lineTo(x(spot), y(spot));
      }
      it.stroke();
    });
  }

  @Override
  public void box(Spot corner, Spot opposite, Ink ink, boolean filled, String hint) {
    draw(it -> {
      stroke(ink, Pattern.SOLID, 1.2);
      fill(filled ? ink.onWhite : WHITE);
      it.addRect(x(corner), y(opposite), (float) (opposite.x() - corner.x()), (float) (opposite.y() - corner.y()));
      it.fillAndStroke();
    });
  }

  @Override
  public void marker(Spot centre, double radius, Ink ink, boolean filled, String hint) {
    draw(it -> {
      stroke(ink, Pattern.SOLID, 1.4);
      fill(filled ? ink.onWhite : WHITE);
      float x = x(centre);
      float y = y(centre);
      float r = (float) radius;
      float handle = (float) (radius * HANDLE);
      it.moveTo(x + r, y);
      it.curveTo(x + r, y + handle, x + handle, y + r, x, y + r);
      it.curveTo(x - handle, y + r, x - r, y + handle, x - r, y);
      it.curveTo(x - r, y - handle, x - handle, y - r, x, y - r);
      it.curveTo(x + handle, y - r, x + r, y - handle, x + r, y);
      it.fillAndStroke();
    });
  }

  @Override
  public void text(Spot place, String text, Anchor anchor, Ink ink, double size, boolean bold) {
    draw(it -> {
      String shown = shown(text);
      double width = font.getStringWidth(shown) / 1000 * size;
      double shift = switch (anchor) {
        case START -> 0;
        case MIDDLE -> width / 2;
        case END -> width;
      };
      it.beginText();
      it.setFont(font, (float) size);
      fill(ink.onWhite);
      it.newLineAtOffset((float) (x(place) - shift), y(place));
      it.showText(shown);
      it.endText();
    });
  }

  /** Letters that the font does not have would end the drawing. */
  private String shown(String text) {
    var shown = new StringBuilder();
    text.codePoints().forEach(point -> {
      String letter = Character.toString(point);
      try {
        font.encode(letter);
        shown.append(letter);
      } catch (IllegalArgumentException | IOException e) {
        shown.append('?');
      }
    });
    return shown.toString();
  }

  private void stroke(Ink ink, Pattern pattern, double width) throws IOException {
    page.setStrokingColor(part(ink.onWhite, 16), part(ink.onWhite, 8), part(ink.onWhite, 0));
    page.setLineWidth((float) width);
    page.setLineDashPattern(switch (pattern) {
      case SOLID -> new float[0];
      case DASHED -> new float[]{7, 4};
      case DOTTED -> new float[]{1.5f, 3.5f};
    }, 0);
  }

  private void fill(int colour) throws IOException {
    page.setNonStrokingColor(part(colour, 16), part(colour, 8), part(colour, 0));
  }

  /** Red, green or blue, 0 to 1. */
  private static float part(int colour, int bits) {
    return (colour >> bits & 0xff) / 255f;
  }

  private float x(Spot spot) {
    return (float) (left + spot.x());
  }

  /** A page's y grows upwards. */
  private float y(Spot spot) {
    return (float) (top - spot.y());
  }
}
