package dev.usher.sidecar.director.spec;

import dev.usher.sidecar.backend.check.HealthCheckSpec;
import dev.usher.sidecar.director.spec.DirectorSpec.OnClientAbort;
import dev.usher.sidecar.director.spec.DirectorSpec.Settings;
import dev.usher.sidecar.health.outlier.OutlierSpec;
import dev.usher.sidecar.schedule.Scheduling;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Settings that differ in a few values from others; checked as a whole by {@link #build}. */
public final class SettingsEditor {
  private boolean enabled;
  private Scheduling scheduler;
  private int queueLimit;
  private Duration queueTimeout;
  private Duration retryAfter;
  private int maxRetryCount;
  private RetrySpec retry;
  private boolean enqueueOnUnavailable;
  private boolean stickyOfflineMode;
  private OnClientAbort onClientAbort;
  private Duration connectTimeout;
  private Duration writeTimeout;
  private @Nullable Duration firstByteTimeout;
  private Duration readTimeout;
  private Duration requestTimeout;
  private Duration clientTimeout;
  private Duration slowStart;
  private OutlierSpec outliers;
  private boolean responseTags;
  private boolean forwardTag;
  private HealthCheckSpec healthCheck;

  SettingsEditor(Settings from) {
    enabled = from.enabled();
    scheduler = from.scheduler();
    queueLimit = from.queueLimit();
    queueTimeout = from.timeouts().queue();
    retryAfter = from.retryAfter();
    maxRetryCount = from.maxRetryCount();
    retry = from.retry();
    enqueueOnUnavailable = from.enqueueOnUnavailable();
    stickyOfflineMode = from.stickyOfflineMode();
    onClientAbort = from.onClientAbort();
    connectTimeout = from.timeouts().connect();
    writeTimeout = from.timeouts().write();
    firstByteTimeout = from.timeouts().firstByte();
    readTimeout = from.timeouts().read();
    requestTimeout = from.timeouts().request();
    clientTimeout = from.timeouts().client();
    slowStart = from.slowStart();
    outliers = from.outliers();
    responseTags = from.responseTags();
    forwardTag = from.forwardTag();
    healthCheck = from.healthCheck();
  }

  public SettingsEditor enabled(boolean value) {
    enabled = value;
    return this;
  }

  public SettingsEditor scheduler(Scheduling value) {
    scheduler = value;
    return this;
  }

  public SettingsEditor queueLimit(int value) {
    queueLimit = value;
    return this;
  }

  public SettingsEditor queueTimeout(Duration value) {
    queueTimeout = value;
    return this;
  }

  public SettingsEditor retryAfter(Duration value) {
    retryAfter = value;
    return this;
  }

  public SettingsEditor maxRetryCount(int value) {
    maxRetryCount = value;
    return this;
  }

  public SettingsEditor retry(RetrySpec value) {
    retry = value;
    return this;
  }

  public SettingsEditor enqueueOnUnavailable(boolean value) {
    enqueueOnUnavailable = value;
    return this;
  }

  public SettingsEditor stickyOfflineMode(boolean value) {
    stickyOfflineMode = value;
    return this;
  }

  public SettingsEditor onClientAbort(OnClientAbort value) {
    onClientAbort = value;
    return this;
  }

  public SettingsEditor connectTimeout(Duration value) {
    connectTimeout = value;
    return this;
  }

  public SettingsEditor readTimeout(Duration value) {
    readTimeout = value;
    return this;
  }

  public SettingsEditor writeTimeout(Duration value) {
    writeTimeout = value;
    return this;
  }

  /** Null is as the read timeout. */
  public SettingsEditor firstByteTimeout(@Nullable Duration value) {
    firstByteTimeout = value;
    return this;
  }

  public SettingsEditor requestTimeout(Duration value) {
    requestTimeout = value;
    return this;
  }

  public SettingsEditor clientTimeout(Duration value) {
    clientTimeout = value;
    return this;
  }

  public SettingsEditor slowStart(Duration value) {
    slowStart = value;
    return this;
  }

  public SettingsEditor outliers(OutlierSpec value) {
    outliers = value;
    return this;
  }

  public SettingsEditor responseTags(boolean value) {
    responseTags = value;
    return this;
  }

  public SettingsEditor forwardTag(boolean value) {
    forwardTag = value;
    return this;
  }

  public SettingsEditor healthCheck(HealthCheckSpec value) {
    healthCheck = value;
    return this;
  }

  /** The settings; an {@link dev.usher.unit.InvalidValue} if one of them is out of its range. */
  public Settings build() {
    return new Settings(
        enabled,
        scheduler,
        queueLimit,
        retryAfter,
        maxRetryCount,
        retry,
        enqueueOnUnavailable,
        stickyOfflineMode,
        onClientAbort,
        timeouts(),
        slowStart,
        outliers,
        responseTags,
        forwardTag,
        healthCheck);
  }

  private Timeouts timeouts() {
    return new Timeouts(
        queueTimeout,
        connectTimeout,
        writeTimeout,
        firstByteTimeout,
        readTimeout,
        requestTimeout,
        clientTimeout);
  }
}
