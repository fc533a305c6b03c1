#pragma once

#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/adapter.hpp"
#include "adapters/slack/events/history.hpp"
#include "adapters/slack/events/parse.hpp"
#include "adapters/slack/workspace.hpp"

namespace rapport::slack {

/// Turns Slack's events into ours, one after the other, and acknowledges each once all that follows from it
/// is durable. Knows how far each channel was heard.
class Hearing {
public:
    using OnSignal = std::function<void(events::Signal)>;
    /// A staffer wrote to us; `answered` is to be called once what they asked for is durable.
    using OnWords = std::function<void(events::DirectMessageToUs, std::function<void()> answered)>;

    /// `workspace` and `directory` must outlive it. `signal` hears of what concerns the adapter itself.
    Hearing(boost::asio::any_io_executor executor, Workspace& workspace, events::Directory& directory,
            OnSignal signal, OnWords words);

    /// Queues an event; false if there is no room.
    bool receive(Delivery& delivery);
    /// Works through the queue until cancelled.
    boost::asio::awaitable<void> run(Inbox& inbox);

    /// Puts what history told into the inbox, as late; waits while there is no room.
    boost::asio::awaitable<void> put_history(Inbox& inbox, events::HistoryPage page, const Id& channel);
    /// While something before them is still to be read, what is heard live moves no cursor: after a crash it
    /// would not be looked for any more.
    void hold_cursors(bool hold) { held_ = hold; }
    bool holds_cursors() const noexcept { return held_; }
    /// How far that channel was heard durably; of one that was never heard, how far any was. Empty: nothing
    /// was ever heard.
    Id heard_until(const Id& channel) const;
    /// As the store has it, from the last run: "slack:T1:C1" -> ts.
    void set_cursors(std::map<std::string, std::string> cursors) { cursors_ = std::move(cursors); }
    /// What the understanding of events needs to know.
    events::Knowledge knowledge();
    /// We posted it ourselves.
    void note_own(const Id& channel, const Id& ts);

private:
    boost::asio::awaitable<void> hear(Inbox& inbox, Delivery delivery);
    boost::asio::awaitable<void> look_up_briefly(events::Needs needs);
    events::Understood understood(const boost::json::object& payload);
    boost::asio::awaitable<void> put_all(Inbox& inbox, std::vector<Event> all, std::function<void()> durable);
    std::string cursor_name(const Id& channel) const { return workspace_.key("read:" + channel); }
    bool concerns_us(const Event& event) const;
    /// What staff write to us goes into `words`, what others write into `all`.
    void take_direct(events::DirectMessageToUs direct, bool late, std::vector<Event>& all,
                     std::vector<events::DirectMessageToUs>& words);

    Workspace& workspace_;
    events::Directory& directory_;
    OnSignal signal_;
    OnWords words_;
    std::deque<Delivery> queue_{};
    boost::asio::steady_timer arrived_;
    events::NewestEdit edits_{};
    events::Once own_{};
    events::Once heard_{};
    events::Once answered_{};   ///< "channel/ts" of what staff wrote to us.
    Time no_look_up_before_{};  ///< Slack does not answer just now: go on with what is known.
    /// Event id -> acknowledgements of its copies, while the first is on its way into the store.
    std::unordered_map<std::string, std::vector<std::shared_ptr<Acknowledge>>> under_way_{};
    std::map<std::string, std::string> cursors_{};
    bool held_ = false;
};

}  // namespace rapport::slack
