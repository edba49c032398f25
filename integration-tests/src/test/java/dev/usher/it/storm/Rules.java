package dev.usher.it.storm;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The director of the storm: what its numbers allow is what is reckoned with afterwards. */
final class Rules {
  static final String API = "/director/d0";
  static final int MAX_RETRIES = 2;
  static final int BUDGET_PERCENT = 20;
  static final int BUDGET_MIN = 3;
  static final int QUEUE_TIMEOUT_MS = 600;

  /** The shortest of first-byte-timeout, read-timeout and write-timeout. */
  static final int STALL_TIMEOUT_MS = 500;

  static final int REQUEST_TIMEOUT_MS = 3_000;

  /** How late a busy machine may be with what was due. */
  static final int LATE_MS = 4_000;

  static final Map<String, String> BUCKETS =
      Map.of(
          "vip", "{'rate':'40%','priority':0}",
          "web", "{'rate':'30%','ceil':'80%'}",
          "batch", "{'rate':'2t','ceil':'50%','priority':5,'lend':'50%'}");

  private Rules() {}

  static String director(List<StormBackend> backends) {
    return """
        {'queue-limit':22,'queue-timeout':'%dms','max-retry-count':%d,
        'retry-on':['connect','reset','503'],'retry-budget':'%d%%','retry-budget-min':%d,
        'connect-timeout':'500ms','first-byte-timeout':'600ms','read-timeout':'%dms',
        'write-timeout':'1s','request-timeout':'%dms','slow-start':'600ms',
        'outliers':{'enabled':true,'consecutive-failures':4,'min-requests':10,'window':'2s',
        'ejection-time':'200ms','max-ejection-time':'1s','min-capacity':'30%%'},
        'health-check':{'mode':'lazy','interval':'100ms','timeout':'1s','success-threshold':2},
        'backends':{%s},'buckets':{%s}}
        """
        .formatted(
            QUEUE_TIMEOUT_MS,
            MAX_RETRIES,
            BUDGET_PERCENT,
            BUDGET_MIN,
            STALL_TIMEOUT_MS,
            REQUEST_TIMEOUT_MS,
            backends.stream()
                .map(each -> "'%s':%s".formatted(each.name(), each.json(each.fullCapacity())))
                .collect(Collectors.joining(",")),
            BUCKETS.entrySet().stream()
                .map(each -> "'%s':%s".formatted(each.getKey(), each.getValue()))
                .collect(Collectors.joining(",")));
  }
}
