package dev.daveloper.embedded.documents.extraction;
import dev.daveloper.domain.documents.MediaKind;
import java.nio.file.*;
public class TryTika {
  public static void main(String[] a) throws Exception {
    Path dir = Files.createTempDirectory("samples");
    SampleFiles.writeAll(dir).forEach((k, p) -> {
      System.out.println("=== "+k);
      long t=System.nanoTime();
      try { var x = DocumentReader.read(p,k,ExtractionConfig.defaults().bounds(), d->{}); System.out.println(x.markdown()); System.out.println(x.pageStarts()); } catch (Throwable x) { x.printStackTrace(System.out); }
      System.out.println((System.nanoTime()-t)/1000000+" ms");
    });
  }
}
