package dev.usher.sidecar.store;

/** The two files of a store and their folder. [p] */
interface StoreFiles extends AutoCloseable {
  Records definitions();

  Records memories();

  @Override
  void close();
}
