#pragma once

// A whole life in one seed: people talk, staff press buttons, networks repeat, delay and lose, disks fail and
// the program dies at any step. The engine, the store, the intake and the outbox are the real ones; the
// scheduler, the platform, the desk and the disk are simulated. After every step the promises of design §2.5
// are checked.

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "bot/pipeline/committer.hpp"
#include "bot/pipeline/intake.hpp"
#include "bot/pipeline/outbox.hpp"
#include "bot/store/sqlite/sqlite_store.hpp"
#include "support/faulty_disk.hpp"

namespace rapport::test {

/// A promise was broken; the words say which, and when.
class Broken : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// What is simulated; more costs more time.
struct SimulationSize {
    int messages = 25;
    int presses = 12;
};

/// Runs one world to its end. Throws Broken. The same seed gives the same life, step by step.
void simulate(std::uint64_t seed, SimulationSize size = {});

/// Something that happens on the platform, which tells it again and again until it is acknowledged.
struct Told {
    Event event{};
    bool acked = false;
    bool is_message = false;
    MessageKey message{};
};

/// What staff have in front of them: survives our crashes, repeats nothing, and notices if we do.
class SimulatedDesk {
public:
    /// Takes it; the same id again is nothing new. Throws Broken if a card goes backwards or a revision means
    /// two things.
    void take(const Outgoing& outgoing);
    const std::map<std::string, Card>& cards() const { return cards_; }
    int sounds(const std::string& card) const;

private:
    std::set<std::string> seen_{};
    std::map<std::string, Card> cards_{};
    std::map<std::string, std::set<std::uint32_t>> revisions_{};
    std::map<std::string, int> sounds_{};
};

class Simulation {
public:
    Simulation(std::uint64_t seed, SimulationSize size);
    void run();

private:
    using Step = void (Simulation::*)(std::size_t);
    struct Scheduled {
        Step step;
        std::size_t argument;
        std::uint64_t life;  ///< Steps of the program die with it; 0: of the world outside.
    };

    // ------------------------------------------------------------- scheduler
    void in(std::chrono::milliseconds delay, Step step, std::size_t argument = 0);
    void in_this_life(std::chrono::milliseconds delay, Step step, std::size_t argument = 0);
    void run_until_quiet();
    std::uint64_t roll(std::uint64_t below) {
        return std::uniform_int_distribution<std::uint64_t>{0, below - 1}(random_);
    }
    bool chance(unsigned percent) { return calm_ ? false : roll(100) < percent; }
    std::chrono::milliseconds some(std::chrono::milliseconds most) {
        return std::chrono::milliseconds{1 + roll(std::uint64_t(most.count()))};
    }

    // ------------------------------------------------------------- the world outside
    void write_script();
    Told message_told(std::size_t number);
    Event reply_of_staff(const Told& to, std::size_t number);
    void someone_speaks(std::size_t number);
    void someone_changes_it(std::size_t told);
    void someone_presses(std::size_t number);
    void tell(Told told);
    void send(std::size_t told);  ///< A copy goes out; another follows if no ack comes.
    void arrive(std::size_t told);
    void acknowledge(std::size_t told);

    // ------------------------------------------------------------- the program
    void start(std::size_t = 0);
    void crash();
    void wake_up();
    void commit(std::size_t = 0);
    void after_commit(Batch& batch, Committed& committed);
    void tick(std::size_t = 0);
    void deliver(std::size_t = 0);
    void delivered(std::size_t outbox_id);

    // ------------------------------------------------------------- promises
    void check_step();
    void check_store();
    void check_end();
    [[noreturn]] void broken(const std::string& what) const;

    std::uint64_t seed_;
    SimulationSize size_;
    std::mt19937_64 random_;
    bool calm_ = false;  ///< No more faults: everything must come right now.
    Time now_;
    std::multimap<Time, Scheduled> queue_{};
    std::size_t steps_ = 0;

    std::vector<Told> told_{};
    std::map<MessageKey, std::size_t> acked_messages_{};
    std::set<MessageKey> committed_messages_{};
    SimulatedDesk desk_{};

    FaultyDisk disk_;
    std::shared_ptr<const World> world_;
    std::unique_ptr<Engine> engine_;
    std::unique_ptr<Store> store_;
    std::unique_ptr<Committer> committer_;
    std::unique_ptr<Intake> intake_;
    std::unique_ptr<Outbox> outbox_;
    Batch batch_{};  ///< On its way; tried again until it holds.
    std::map<OutboxId, Outgoing> under_way_{};
    bool alive_ = false;
    bool changed_ = false;  ///< Something was committed since the last check.
    bool committing_ = false;
    bool ticking_ = false;
    std::uint64_t life_ = 0;
    Time next_timer_{};
};

}  // namespace rapport::test
