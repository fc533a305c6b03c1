#pragma once

// What Rapport decides, as a function of (state, input, time). Live, replayed, backtested and under simulated
// faults it is this same code.

#include <memory>
#include <set>
#include <span>
#include <stdexcept>

#include "bot/alerts/life.hpp"
#include "bot/pipeline/input.hpp"

namespace rapport {

/// Something went wrong with an alert as its time came.
class TimerFailed : public std::runtime_error {
public:
    TimerFailed(AlertId id, const std::string& what) : std::runtime_error(what), alert(id) {}
    AlertId alert;
};

/// How long an alert that cannot go on is left alone before it is tried again.
inline constexpr std::chrono::hours broken_pause{1};

class Engine {
public:
    explicit Engine(std::shared_ptr<const World> world) : world_(std::move(world)) {}

    const World& world() const noexcept { return *world_; }
    /// From the next decision on. Between batches only.
    void replace_world(std::shared_ptr<const World> world) { world_ = std::move(world); }

    /// What has to be loaded before `inputs` can be decided, as far as `state` tells. Ask again after
    /// loading, until nothing is wanted.
    Wanted wanted(std::span<const Input> inputs, const State& state) const;

    /// Lets time pass up to `input.at`, timer by timer in their order. What throws on the way throws
    /// TimerFailed, with the alert; the state is then half changed and must be reset. Alerts in `broken` are
    /// put off by `broken_pause` instead.
    void pass_time(State& state, Time until, const std::set<AlertId>& broken = {}) const;

    /// Decides the input; `pass_time` up to its moment comes first. Throws what a poisonous event makes it
    /// throw; the state is then half changed and must be reset.
    void decide(const Input& input, State& state) const;

private:
    std::vector<AlertId> due_together(const State& state) const;
    void on(const Event& event, State& state) const;
    void on(const Tick&, State&) const {}
    void on(const Delivered& delivered, State& state) const;
    void on(const DeliveryFailed& failed, State& state) const;
    void on(const LinkAccounts& link, State& state) const;
    void on(const UnlinkAccount& unlink, State& state) const;
    void on(const EraseAccount& erase, State& state) const;
    void on(const MarkBot& mark, State& state) const;
    void on(const StaffChange& change, State& state) const;
    void on(const ShowAgain&, State& state) const;
    void on(const TeamChanged&, State& state) const;
    void on(const SendLetter& send, State& state) const;

    void hear(Deciding& d, const MessagePosted& posted) const;
    void hear(Deciding& d, const MessageEdited& edited) const;
    void hear(Deciding& d, const MessageDeleted& deleted) const;
    void hear(Deciding& d, const ReactionAdded& reaction) const;
    void hear(Deciding& d, const AccountChanged& changed) const;
    void hear(Deciding& d, const ContactStated& contact) const;
    void hear(Deciding& d, const Gap& gap) const;
    void hear(Deciding& d, const Action& action) const;
    void hear(Deciding& d, const NotUnderstood& garbled) const;

    std::shared_ptr<const World> world_;
};

/// The message's row, if it is known. Throws NotLoaded if nobody asked for it.
MessageRow* find_message(State& state, const MessageKey& key);

}  // namespace rapport
