#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "adapters/adapter.hpp"
#include "adapters/net/rate_limit.hpp"
#include "adapters/web/board.hpp"
#include "adapters/web/tab.hpp"
#include "adapters/web/web.hpp"

namespace rapport::web {

/// What all open pages share: who is there, what they must be told, and what the desk shows. Lives on one
/// executor.
class Hub : public std::enable_shared_from_this<Hub> {
public:
    Hub(Config config, Transcripts& transcripts);

    Config config;  ///< Only the roster ever changes: `replace_roster`.
    Transcripts& transcripts;
    Inbox* inbox = nullptr;  ///< While the adapter runs.
    std::string url{};       ///< For links; set once the port is known.

    net::RateLimiter messages;
    net::RateLimiter messages_per_address;
    net::RateLimiter hellos_per_address;

    void replace_roster(std::vector<RosterEntry> roster);
    const RosterEntry* staffer(std::string_view name) const noexcept;
    /// The staffer's name if the account is one of this desk's; otherwise empty.
    std::string_view staff_name(const AccountKey& account) const noexcept;

    AccountKey visitor_account(std::string_view visitor) const;
    AccountKey staff_account(std::string_view name) const;
    AccountKey brand_account() const;
    /// Where a message of that conversation stands, with the way back to it.
    Message blank_message(const std::string& visitor) const;
    Event event(Event::Body body) const;

    void join(const std::shared_ptr<Tab>& tab, bool desk);
    void leave(const std::shared_ptr<Tab>& tab);
    /// How many pages of that visitor are open.
    std::size_t tabs_of(const std::string& visitor) const;

    /// What follows when an event can no longer be lost. The page is null if it has gone meanwhile.
    using Durable = std::function<void(Hub& hub, Tab* page)>;
    /// Hands `event` on and waits if there is no room: the page is not read meanwhile. `durable` is called
    /// once it can no longer be lost, unless the hub is gone by then.
    boost::asio::awaitable<void> put(std::shared_ptr<Tab> tab, Event event, Durable durable);
    /// Tells everybody who may see it that a message now stands in a conversation.
    void announce(const std::string& visitor, const std::string& visitor_name, const Line& line);

    /// See `Desk::deliver`.
    void deliver(const Outgoing& outgoing);
    std::vector<ShownCard> cards_of(const std::string& staff) const { return board_.seen_by(staff); }
    /// Gives a staffer who has just come what has waited for them.
    void hand_over_waiting(Tab& tab);

private:
    using Tabs = std::vector<std::shared_ptr<Tab>>;

    bool first_time(const std::string& outgoing_id);
    void deliver_card(const Outgoing& outgoing, const Card& card, bool first);
    void deliver_private(const std::string& staff, const std::string& frame);

    Board board_;
    std::map<std::string, Tabs> rooms_{};  ///< By visitor.
    Tabs desks_{};
    std::map<std::string, std::deque<std::string>> waiting_{};  ///< Frames for staff who are not there.
    std::set<std::string> delivered_{};
    std::deque<std::string> delivered_order_{};
};

}  // namespace rapport::web
