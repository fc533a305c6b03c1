#pragma once

#include <list>
#include <map>
#include <optional>
#include <unordered_map>

#include "adapters/adapter.hpp"
#include "adapters/slack/api/calls.hpp"
#include "adapters/slack/blocks/interaction.hpp"
#include "adapters/slack/place.hpp"
#include "adapters/slack/workspace.hpp"

namespace rapport::slack {

/// Brings cards, letters and notices to staff in one workspace. A card is posted once for each addressee,
/// then edited in place; its history goes into the thread. Whatever has an unknown outcome is looked for
/// before it is done again (docs.slack.dev, chat.postMessage: there is no idempotency key).
class CardDesk {
public:
    /// `workspace` must outlive it.
    explicit CardDesk(Workspace& workspace) : workspace_(workspace) {}

    boost::asio::awaitable<Result<>> deliver(Outgoing outgoing);
    /// Forgets where cards stand that nobody has touched for two months.
    boost::asio::awaitable<void> forget_old();

    /// The press `action` was made there: its notice goes back to where it was pressed.
    void expect_notice(const std::string& action, Reply reply);
    /// An event shows that a card of ours stands at `ts`.
    void seen(const Id& channel, const Id& ts, const std::string& metadata_id);

private:
    /// Where one copy of a card goes: to a user, as a direct message, or into a channel.
    struct Target {
        Id user{};
        Id channel{};
        const Id& name() const noexcept { return user.empty() ? channel : user; }
        bool operator==(const Target&) const = default;
    };
    struct Expected {
        Reply reply{};
        Time at{};
    };

    bool is_for_all(const Card& card) const;
    std::vector<Id> called(const Outgoing& outgoing, const Card& card, const Target& target) const;
    std::vector<Target> targets(const Outgoing& outgoing, const Card& card) const;
    std::vector<Target> direct_targets(const Outgoing& outgoing) const;
    std::vector<Id> users(const std::vector<AccountKey>& accounts) const;
    boost::asio::awaitable<Result<>> show(const Outgoing& outgoing, const Card& card, const Target& target);
    boost::asio::awaitable<Result<>> show_card(const Card& card, const CardLook& look, const Target& target,
                                               const std::string& key, Place& place);
    boost::asio::awaitable<Result<>> show_lines(const Outgoing& outgoing, const Card& card,
                                                const Target& target, const std::string& key, Place& place);
    boost::asio::awaitable<Result<>> post(boost::json::object message, const std::string& pending,
                                          const std::string& id, const std::string& key, Place& place);
    boost::asio::awaitable<Result<>> settle(const std::string& key, Place& place);
    boost::asio::awaitable<Result<>> keep(const std::string& key, Place& place);
    static Error nobody_to_show();
    boost::asio::awaitable<Result<>> open_place(const Target& target, Place& place);
    boost::asio::awaitable<Result<>> show(const Outgoing& outgoing, const Letter& letter);
    boost::asio::awaitable<Result<>> show(const Outgoing& outgoing, const Letter& letter,
                                          const Target& target);
    std::string letter_key(const Outgoing& outgoing, const Target& target) const;
    boost::asio::awaitable<Result<>> show_picture(const Outgoing& outgoing, const Letter& letter,
                                                  const Target& target);
    boost::asio::awaitable<Result<>> upload_picture(const Letter& letter, Place& place);
    Showing picture_at(const Letter& letter, const Target& target, const Place& place) const;
    boost::asio::awaitable<Result<>> complete_picture(const Letter& letter, const Target& target,
                                                      const std::string& key, Place& place);
    boost::asio::awaitable<Result<>> find_picture(const Letter& letter, const Target& target,
                                                  const std::string& key, Place& place);
    boost::asio::awaitable<Result<>> do_without_picture(const Letter& letter, const std::string& key,
                                                        Place& place);
    boost::asio::awaitable<Result<>> show(const Notice& notice, const std::vector<AccountKey>& to);

    Workspace& workspace_;
    std::unordered_map<Id, Id>
        direct_{};  ///< User -> our direct message with them; of staff, so there are few.
    std::unordered_map<std::string, Expected> expected_{};  ///< By action id; a few minutes each.
    std::unordered_map<std::string, Id> seen_{};  ///< "channel/metadata id" -> ts, of the last hours.
    std::list<std::string> seen_order_{};
};

}  // namespace rapport::slack
