package dev.usher.sidecar;

/** The composition root: the only place that sees every room. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println("usher");
  }
}
