package dev.usher.sidecar.store;

import dev.usher.sidecar.store.file.RecordFile;
import dev.usher.sidecar.store.record.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records in a record file. [p] */
record FileRecords(RecordFile file) implements Records {
  @Override
  public void write(Map<String, byte @Nullable []> changes) throws IOException {
    List<Change> list = new ArrayList<>(changes.size());
    changes.forEach(
        (key, value) -> list.add(value == null ? Change.remove(key) : Change.put(key, value)));
    file.putAll(list);
  }

  @Override
  public void force() throws IOException {
    file.force();
  }

  @Override
  public boolean isInPlace() {
    return file.isInPlace();
  }

  @Override
  public void renew(Map<String, byte[]> values) throws IOException {
    file.renew(values);
  }
}
