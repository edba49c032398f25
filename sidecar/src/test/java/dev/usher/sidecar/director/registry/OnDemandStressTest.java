package dev.usher.sidecar.director.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sidecar.director.Director;
import dev.usher.sidecar.director.FromTemplate;
import dev.usher.sidecar.director.admission.Admission;
import dev.usher.sidecar.director.admission.Ask;
import dev.usher.sidecar.director.admission.Lease;
import dev.usher.sidecar.director.admission.Outcome;
import dev.usher.sidecar.director.admission.Reason;
import dev.usher.sidecar.director.admission.Requester;
import dev.usher.sidecar.director.change.Change;
import dev.usher.sidecar.director.change.Definition;
import dev.usher.sidecar.director.change.Keeper;
import dev.usher.sidecar.director.change.Origin;
import dev.usher.sidecar.director.change.Step;
import dev.usher.sidecar.director.change.Versions;
import dev.usher.sidecar.director.core.DirectorPorts;
import dev.usher.sidecar.director.endpoint.Endpoint;
import dev.usher.sidecar.director.ondemand.DerivedName;
import dev.usher.sidecar.director.ondemand.OnDemandSpec;
import dev.usher.sidecar.director.view.OnDemandView;
import dev.usher.sidecar.strand.Strand;
import dev.usher.sidecar.time.Clock;
import dev.usher.sidecar.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Requests, the API and idleness on real threads over few hosts and names, so that they meet. What
 * must hold is looked at whenever all have come to rest.
 */
class OnDemandStressTest {
  private static final int HOSTS = 4;
  private static final int LIMIT = 3;
  private static final int STEPS = 60;
  private static final int ROUNDS = 250;

  private final Queue<Throwable> bugs = new ConcurrentLinkedQueue<>();
  private final Queue<Runnable> timers = new ConcurrentLinkedQueue<>();
  private final Queue<Keeper.Entry> kept = new ConcurrentLinkedQueue<>();
  private final AtomicLong nowNanos = new AtomicLong();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger cameLate = new AtomicInteger();
  private final ExecutorService threads = Executors.newFixedThreadPool(6);
  private final ExecutorService store = Executors.newSingleThreadExecutor();
  private final ReadWriteLock looking = new ReentrantReadWriteLock();
  private final Lock looks = looking.writeLock();
  private final Lock noLooks = looking.readLock();
  private final DirectorRegistry directors = registry();

  private DirectorRegistry registry() {
    OnDemandSpec spec = new OnDemandSpec(OnDemandKit.template(), LIMIT, Duration.ofSeconds(1));
    DirectorPorts ports =
        new DirectorPorts(
            new Clock() {
              @Override
              public long nanos() {
                return nowNanos.get();
              }

              @Override
              public long epochMillis() {
                return 0;
              }
            },
            this::after,
            bound -> 0,
            (target, timeout, done) -> () -> {},
            (director, backend, now, cause) -> {},
            this::keep,
            new Versions(() -> 0),
            () -> new Strand(bugs::add));
    return new DirectorRegistry(ports, spec, (director, why) -> bugs.add(new AssertionError(why)));
  }

  private Timers.Timer after(long delayNanos, Runnable task) {
    timers.add(task);
    return () -> timers.remove(task);
  }

  /** Kept in the order of the calls, known some time later. */
  private CompletionStage<Keeper.Kept> keep(List<Keeper.Entry> entries) {
    kept.addAll(entries);
    CompletableFuture<Keeper.Kept> answer = new CompletableFuture<>();
    store.execute(() -> answer.complete(new Keeper.Kept.Done()));
    return answer;
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
    store.shutdownNow();
  }

  private static Endpoint host(Random random) {
    return OnDemandKit.endpoint("h" + random.nextInt(HOSTS));
  }

  /** A request; once more when the director went while it was on its way. */
  private void visit(Endpoint endpoint) {
    visit(endpoint, false);
  }

  /** However long a thread is held up here: nobody grows idle meanwhile, so nothing excuses it. */
  private void visitAgain(Endpoint endpoint) {
    noLooks.lock();
    try {
      visit(endpoint, true);
    } finally {
      noLooks.unlock();
    }
  }

  private void visit(Endpoint endpoint, boolean again) {
    Director director = directors.find(endpoint);
    if (director == null && directors.findOrMake(endpoint) instanceof FromTemplate.Made made) {
      director = made.director();
    }
    if (director == null) {
      return;
    }
    Director asked = director;
    asked.admit(
        new Ask(
            null,
            null,
            new Requester() {
              @Override
              public void onAdmission(Admission admission) {
                if (admission instanceof Admission.Granted granted) {
                  granted.lease().close(Outcome.SERVED);
                } else if (((Admission.Refused) admission).reason() == Reason.NO_DIRECTOR) {
                  (again ? lost : cameLate).incrementAndGet();
                  if (!again) {
                    visitAgain(endpoint);
                  }
                }
              }

              @Override
              public void onRevoked(Lease lease) {
                bugs.add(new AssertionError("revoked"));
              }
            }));
  }

  private void requests(Random random) {
    for (int i = 0; i < STEPS; i++) {
      visit(host(random));
    }
  }

  /** Lets idle ones go: each look is longer after the one before than they may be idle. */
  private void looks() {
    for (int i = 0; i < STEPS; i++) {
      nowNanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
      looks.lock();
      try {
        look();
      } finally {
        looks.unlock();
      }
    }
  }

  private void look() {
    for (int left = timers.size(); left > 0; left--) {
      Runnable timer = timers.poll();
      if (timer != null) {
        timer.run();
      }
    }
  }

  private void changes(Random random) throws Exception {
    for (int i = 0; i < STEPS / 3; i++) {
      Change unused =
          directors.commit(step(random)).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  /** With names that the template would choose as well. */
  private Step step(Random random) {
    String name = DerivedName.of(host(random), random.nextInt(2));
    Director there = directors.find(name);
    if (there == null) {
      Origin origin =
          random.nextInt(3) == 0 ? new Origin.Api() : new Origin.OnDemand(host(random), false);
      return new Step.Create(OnDemandKit.named(name), origin);
    }
    Definition now = there.definition();
    return random.nextInt(3) == 0
        ? new Step.Replace(
            now.spec()
                .withSettings(now.spec().settings().edit().queueLimit(random.nextInt(9)).build()),
            now.version())
        : new Step.Remove(name, now.version());
  }

  private void together(List<Callable<Void>> tasks) throws Exception {
    for (Future<Void> done : threads.invokeAll(tasks)) {
      done.get();
    }
    store.submit(() -> {}).get();
    assertThat(bugs).isEmpty();
  }

  private static Callable<Void> task(Callable<?> work) {
    return () -> {
      Object unused = work.call();
      return null;
    };
  }

  private static Callable<Void> task(Runnable work) {
    return () -> {
      work.run();
      return null;
    };
  }

  @Test
  void no_request_is_lost_to_idleness() throws Exception {
    for (long seed = 0; seed < ROUNDS; seed++) {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Random random = new Random(10 * seed + i);
        tasks.add(task(() -> requests(random)));
      }
      tasks.add(task(this::looks));
      together(tasks);
      assertThat(lost).as("seed %d", seed).hasValue(0);
      checkAtRest(seed);
    }
    assertThat(view().letGo()).as("that any came to go").isPositive();
  }

  @Test
  void names_and_endpoints_have_one_owner_and_the_store_knows_them_all() throws Exception {
    for (long seed = 0; seed < ROUNDS; seed++) {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        Random requests = new Random(10 * seed + i);
        Random changes = new Random(10 * seed + 5 + i);
        tasks.add(task(() -> requests(requests)));
        tasks.add(
            task(
                () -> {
                  changes(changes);
                  return "";
                }));
      }
      tasks.add(task(this::looks));
      together(tasks);
      checkAtRest(seed);
    }
    assertThat(view().made()).isPositive();
  }

  private OnDemandView view() {
    return Objects.requireNonNull(directors.onDemand());
  }

  private void checkAtRest(long seed) throws Exception {
    Map<String, Definition> inForce = new HashMap<>();
    int templated = 0;
    for (Director director : directors.all()) {
      Definition definition = director.definition();
      inForce.put(director.name(), definition);
      templated += definition.isTemplated() ? 1 : 0;
      if (definition.origin() instanceof Origin.OnDemand onDemand) {
        assertThat(directors.find(onDemand.endpoint())).as("seed %d", seed).isSameAs(director);
      }
    }
    assertThat(replayed()).as("seed %d: what is kept", seed).isEqualTo(inForce);
    assertThat(templated).as("seed %d", seed).isLessThanOrEqualTo(LIMIT);
    assertThat(view().directors()).as("seed %d: places", seed).isEqualTo(templated);
    for (int host = 0; host < HOSTS; host++) {
      checkOwner(OnDemandKit.endpoint("h" + host), seed);
    }
  }

  /** Either somebody has it, or it is really free. */
  private void checkOwner(Endpoint endpoint, long seed) throws Exception {
    Director owner = directors.find(endpoint);
    if (owner != null) {
      assertThat(directors.find(owner.name())).as("seed %d", seed).isSameAs(owner);
      return;
    }
    Step create = new Step.Create(OnDemandKit.named("free"), new Origin.OnDemand(endpoint, false));
    Change created = directors.commit(create).toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertThat(created).as("seed %d: %s", seed, endpoint).isInstanceOf(Change.Applied.class);
    long version = ((Change.Applied) created).version();
    Change removed =
        directors
            .commit(new Step.Remove("free", version))
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    assertThat(removed).as("seed %d", seed).isInstanceOf(Change.Applied.class);
  }

  private Map<String, Definition> replayed() {
    Map<String, Definition> definitions = new HashMap<>();
    for (Keeper.Entry entry : kept) {
      if (entry instanceof Keeper.Entry.Put put) {
        definitions.put(put.definition().name(), put.definition());
      } else if (entry instanceof Keeper.Entry.Removed removed) {
        definitions.remove(removed.director());
      }
    }
    kept.removeIf(entry -> true);
    definitions.values().forEach(definition -> kept.add(new Keeper.Entry.Put(definition)));
    return definitions;
  }
}
