package dev.usher.sidecar.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import net.openhft.chronicle.hash.VanillaGlobalMutableState;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.values.ValueModel;
import net.openhft.chronicle.values.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is presumed of Chronicle Map. */
class ChronicleTest {
  private static final String NATIVE = "VanillaGlobalMutableState$$Native";

  @TempDir private Path temp;

  @Test
  void the_class_that_it_would_compile_at_each_start_is_the_one_that_is_shipped()
      throws ReflectiveOperationException, IOException {
    Method generator =
        Class.forName("net.openhft.chronicle.values.Generators")
            .getDeclaredMethod("generateNativeClass", ValueModel.class, String.class);
    generator.setAccessible(true);
    ValueModel model = ValueModel.acquire(VanillaGlobalMutableState.class);
    String generated = (String) generator.invoke(null, model, NATIVE);
    Path shipped = Path.of("src/main/java/net/openhft/chronicle/hash").resolve(NATIVE + ".java");
    assertThat(essence(Files.readString(shipped))).isEqualTo(essence(generated));
    assertThat(Values.nativeClassFor(VanillaGlobalMutableState.class).getProtectionDomain())
        .isEqualTo(SlotMap.class.getProtectionDomain());
  }

  /** Without layout, imports and annotations about warnings. */
  private static String essence(String source) {
    return source
        .replaceAll("(?m)^import .*$", "")
        .replaceAll("@SuppressWarnings\\([^)]*\\)", "")
        .replaceAll("\\s+", "");
  }

  @Test
  void its_settings_come_from_our_resource_and_not_from_the_working_directory() throws IOException {
    try (Folder folder = new Folder(temp)) {
      folder.open().close();
      String name = System.getProperty("system.properties");
      Properties settings = new Properties();
      try (InputStream resource = SlotMap.class.getClassLoader().getResourceAsStream(name)) {
        settings.load(resource);
      }
      assertThat(settings).containsKeys("chronicle.analytics.disable");
      settings.forEach(
          (key, value) -> assertThat(System.getProperty((String) key)).isEqualTo(value));
    }
  }

  @Test
  void it_can_read_our_files_itself() throws IOException {
    try (Folder folder = new Folder(temp)) {
      try (RecordFile file = folder.open()) {
        for (int i = 0; i < 100; i++) {
          file.put("k" + i % 10, ("value " + i).getBytes(UTF_8));
        }
      }
      try (ChronicleMap<byte[], byte[]> map =
          ChronicleMapBuilder.of(byte[].class, byte[].class)
              .name("copy")
              .averageKeySize(8)
              .averageValueSize(64)
              .entries(100)
              .skipCloseOnExitHook(true)
              .recoverPersistedTo(folder.file().toFile(), false)) {
        // Two slots for each key, and two for the witness.
        assertThat(map.longSize()).isEqualTo(22);
        assertThat(map.get(new byte[] {'k', '7', 0})).asString(UTF_8).matches("(?s).*value [89]7");
      }
    }
  }
}
