#include "simulation/simulation.hpp"

#include <fmt/format.h>

#include "bot/alerts/card.hpp"
#include "simulation/script.hpp"

namespace rapport::test {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t most_steps = 200'000;
constexpr std::size_t small_queue = 12;
constexpr std::size_t small_batch = 5;

}  // namespace

void SimulatedDesk::take(const Outgoing& outgoing) {
    const Card* card = std::get_if<Card>(&outgoing.body);
    if (!seen_.insert(outgoing.id).second || !card) return;
    if (!revisions_[card->id].insert(card->revision).second)
        throw Broken(fmt::format("{} was sent twice with revision {}", card->id, card->revision));
    if (outgoing.notify) ++sounds_[card->id];
    Card& shown = cards_[card->id];
    if (card->revision > shown.revision) shown = *card;
}

int SimulatedDesk::sounds(const std::string& card) const {
    const auto at = sounds_.find(card);
    return at == sounds_.end() ? 0 : at->second;
}

Simulation::Simulation(std::uint64_t seed, SimulationSize size)
    : seed_(seed),
      size_(size),
      random_(seed),
      now_(script_start()),
      disk_(seed),
      world_(script_world()),
      engine_(std::make_unique<Engine>(world_)) {}

void Simulation::broken(const std::string& what) const {
    throw Broken(fmt::format("seed {}, step {}: {}", seed_, steps_, what));
}

// ------------------------------------------------------------------------------------------ scheduler

void Simulation::in(std::chrono::milliseconds delay, Step step, std::size_t argument) {
    queue_.emplace(now_ + delay, Scheduled{step, argument, 0});
}

void Simulation::in_this_life(std::chrono::milliseconds delay, Step step, std::size_t argument) {
    queue_.emplace(now_ + delay, Scheduled{step, argument, life_});
}

void Simulation::run_until_quiet() {
    while (!queue_.empty()) {
        const auto [when, next] = *queue_.begin();
        queue_.erase(queue_.begin());
        if (next.life != 0 && next.life != life_) continue;
        now_ = when;
        if (++steps_ > most_steps) broken("it never comes to rest");
        (this->*next.step)(next.argument);
        check_step();
    }
}

void Simulation::run() {
    start();
    write_script();
    run_until_quiet();
    // Every alert ends by itself in the end: it has a next step until then.
    calm_ = true;
    for (int day = 0; day < 40 && next_timer_ != never; ++day) {
        now_ += 24h;
        in_this_life(0ms, &Simulation::tick);
        run_until_quiet();
    }
    check_end();
}

void simulate(std::uint64_t seed, SimulationSize size) {
    Simulation{seed, size}.run();
}

// ------------------------------------------------------------------------------------------ the world
// outside

void Simulation::write_script() {
    for (int i = 0; i < size_.messages; ++i) in(some(20h), &Simulation::someone_speaks, std::size_t(i));
    for (int i = 0; i < size_.presses; ++i) in(some(30h), &Simulation::someone_presses, std::size_t(i));
}

void Simulation::tell(Told told) {
    told_.push_back(std::move(told));
    send(told_.size() - 1);
    if (chance(15)) send(told_.size() - 1);
}

void Simulation::send(std::size_t number) {
    if (told_[number].acked) return;
    in(some(chance(10) ? 10min : 2s), &Simulation::arrive, number);
    in(20s + some(60s), &Simulation::send, number);
}

void Simulation::arrive(std::size_t number) {
    if (!alive_) return;  // nobody listens; it is told again
    if (intake_->full()) {
        in(100ms, &Simulation::arrive, number);  // back-pressure: it stays where it is
        return;
    }
    Event event = told_[number].event;
    event.seen = now_;
    const std::uint64_t life = life_;
    intake_->put({std::move(event), now_}, [this, number, life] {
        if (life != life_) broken("an ack from a former life");
        if (!chance(5)) in(some(1s), &Simulation::acknowledge, number);
    });
    wake_up();
}

void Simulation::acknowledge(std::size_t number) {
    Told& told = told_[number];
    told.acked = true;
    if (!told.is_message) return;
    if (!committed_messages_.contains(told.message))
        broken("acked before it was durable: " + told.message.id);
    acked_messages_[told.message] = number;
}

void Simulation::someone_speaks(std::size_t number) {
    Told told = message_of(number, random_, now_, told_);
    const bool of_person = told.event.source != "staff";
    tell(std::move(told));
    if (of_person && roll(100) < 12) in(30min + some(2h), &Simulation::someone_changes_it, told_.size() - 1);
}

void Simulation::someone_changes_it(std::size_t number) {
    // An edit that overtakes its message is a case of its own: here people edit what has arrived.
    if (!told_[number].acked) {
        in(30min, &Simulation::someone_changes_it, number);
        return;
    }
    tell(change_of(told_[number], random_, now_));
}

void Simulation::someone_presses(std::size_t number) {
    if (const std::optional<Event> press = press_of(number, random_, now_, desk_.cards()))
        tell({*press, false, false, {}});
}

// ------------------------------------------------------------------------------------------ the program

void Simulation::start(std::size_t) {
    ++life_;
    SqliteOptions options;
    options.path = "rapport.db";
    options.vfs = disk_.vfs();
    options.exclusive = true;
    options.cache_kib = 512;
    Result<std::unique_ptr<Store>> store = open_sqlite(options);
    if (!store) broken("the store does not open again: " + store.error().what);
    store_ = std::move(*store);
    committer_ = std::make_unique<Committer>(*store_, *engine_, 50);
    if (const Result<> opened = committer_->open(); !opened)
        broken("it does not load: " + opened.error().what);
    intake_ = std::make_unique<Intake>(small_queue, small_batch);
    outbox_ = std::make_unique<Outbox>();
    Result<std::vector<OutboxRow>> left = store_->outbox(10'000);
    if (!left) broken(left.error().what);
    for (OutboxRow& row : *left) outbox_->add(std::move(row));
    alive_ = changed_ = true;
    check_store();
    intake_->put_inner({ShowAgain{}, now_});
    wake_up();
    in_this_life(0ms, &Simulation::deliver);
}

void Simulation::crash() {
    for (const auto& [id, outgoing] : under_way_)
        if (roll(2) == 0) desk_.take(outgoing);  // it was on the wire
    under_way_.clear();
    batch_ = {};
    alive_ = committing_ = ticking_ = false;
    ++life_;
    disk_.crash();
    outbox_.reset();
    intake_.reset();
    committer_.reset();
    store_.reset();
    in(chance(20) ? some(2h) : some(10s), &Simulation::start);
}

void Simulation::wake_up() {
    if (!alive_ || committing_ || intake_->empty()) return;
    committing_ = true;
    in_this_life(some(3ms), &Simulation::commit);
}

void Simulation::commit(std::size_t) {
    if (batch_.inputs.empty()) batch_ = intake_->take();
    const DiskFault fault = chance(3)   ? DiskFault::io_error
                            : chance(3) ? DiskFault::full
                            : chance(2) ? DiskFault::dead
                                        : DiskFault::none;
    if (fault != DiskFault::none) disk_.plan(fault, roll(16));
    Result<Committed> committed = committer_->commit(batch_.inputs);
    const bool faulted = disk_.faulted();
    disk_.plan(DiskFault::none);
    if (!committed) {
        if (!faulted) broken("it cannot commit: " + committed.error().what);
        if (fault == DiskFault::dead) return crash();
        in_this_life(50ms, &Simulation::commit);
        return;
    }
    for (const Input& input : batch_.inputs)
        if (const Event* event = std::get_if<Event>(&input.what))
            if (const MessagePosted* posted = std::get_if<MessagePosted>(&event->body))
                committed_messages_.insert(posted->message.key());
    if (committed->quarantined > 0) {
        const Result<std::vector<QuarantineRow>> rows = store_->quarantined(1);
        broken("an event went to quarantine: " +
               (rows ? rows->front().what + ": " + rows->front().error : ""));
    }
    if (chance(1)) return crash();  // durable, and nobody was told
    Batch done = std::exchange(batch_, {});
    after_commit(done, *committed);
    if (chance(1)) return crash();
    committing_ = false;
    wake_up();
}

void Simulation::after_commit(Batch& batch, Committed& committed) {
    for (OutboxRow& row : committed.outbox)
        if (const auto replaced = outbox_->add(std::move(row)))
            intake_->put_inner({Delivered{*replaced}, now_});
    for (Acked& acked : batch.acks)
        if (acked) acked();
    next_timer_ = committed.next_timer;
    changed_ = true;
    if (next_timer_ != never && !ticking_) {
        ticking_ = true;
        in_this_life(std::max(next_timer_ - now_, Time::duration{0}), &Simulation::tick);
    }
    in_this_life(0ms, &Simulation::deliver);
}

void Simulation::tick(std::size_t) {
    ticking_ = false;
    if (!alive_) return;
    intake_->put_inner({Tick{}, now_});
    wake_up();
}

void Simulation::deliver(std::size_t) {
    if (!alive_) return;
    while (std::optional<OutboxRow> row = outbox_->take(now_)) {
        under_way_[row->id] = row->outgoing;
        in_this_life(some(2s), &Simulation::delivered, std::size_t(row->id));
    }
    if (const Time next = outbox_->next_try(); next != never && next > now_)
        in_this_life(next - now_, &Simulation::deliver);
}

void Simulation::delivered(std::size_t number) {
    const OutboxId id{std::int64_t(number)};
    const auto at = under_way_.find(id);
    if (at == under_way_.end()) return;
    const Outgoing outgoing = std::move(at->second);
    under_way_.erase(at);
    const bool lost = chance(15);
    const bool shown_all_the_same = lost && roll(2) == 0;
    if (!lost || shown_all_the_same) desk_.take(outgoing);
    if (lost)
        intake_->put_inner({outbox_->failed(id, "no answer", 0ms, now_, 0.5), now_});
    else
        intake_->put_inner({outbox_->arrived(id), now_});
    wake_up();
    in_this_life(0ms, &Simulation::deliver);
}

}  // namespace rapport::test
