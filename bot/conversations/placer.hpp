#pragma once

// Which conversation a message belongs to, and whom it addresses.

#include <chrono>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "bot/config/config.hpp"
#include "bot/links/guesser.hpp"
#include "bot/store/rows.hpp"

namespace rapport {

/// A message about to be placed, and what is known around it. All of it lives as long as the call.
struct Placing {
    const ChannelRow& channel;  ///< `recent` does not hold the message yet.
    AccountId author{};
    std::string_view text{};
    Time at{};
    const MessageRow* reply_to = nullptr;   ///< What the platform says it answers.
    const MessageRow* thread = nullptr;     ///< The first message of the thread that it stands in.
    std::span<const AccountId> mentions{};  ///< Accounts that the platform marks as mentioned.
    /// Handle of the author, or of an account in `channel.recent`.
    std::function<std::string_view(AccountId)> handle_of{};
    /// A message of `channel.recent`; null if it is not there any more.
    std::function<const MessageRow*(MessageId)> message_of{};
    bool by_staff = false;  ///< That a staffer answered somebody has consequences, so it takes more.
};

/// Where a message goes.
struct Placement {
    ConversationId conversation{};       ///< none: it starts one.
    MessageId answers{};                 ///< The message that it answers; none: no particular one.
    bool linked = false;                 ///< The platform says so (reply, thread); otherwise it is a guess.
    std::vector<AccountId> addressed{};  ///< Whom it speaks to, without repeats and without the author.
};

/// Places messages: one pass, no future. The same surroundings always give the same placement.
class Placer {
public:
    virtual ~Placer() = default;
    virtual Placement place(const Placing& placing) const = 0;
};

/// Explicit links first; then one conversation per DM or ticket until it falls silent; then, in open
/// channels, who is addressed by name, or who spoke last.
class SimplePlacer : public Placer {
public:
    explicit SimplePlacer(const ConversationsConfig& config) : config_(config) {}
    Placement place(const Placing& placing) const final;

protected:
    /// In an open channel, where the platform says nothing.
    virtual Placement among_many(const Placing& placing) const;
    const ConversationsConfig& config() const noexcept { return config_; }

private:
    Placement by_link(const Placing& placing) const;
    Placement by_silence(const Placing& placing) const;
    ConversationsConfig config_;
};

/// In open channels, what the last messages there say decides: times, people, names and words (bot/links).
/// Whom the platform marks as mentioned is believed first; a name in the text where the model is not sure.
class TrainedPlacer final : public SimplePlacer {
public:
    /// `model`: see Guesser.
    explicit TrainedPlacer(const ConversationsConfig& config, const links::Model* model = nullptr)
        : SimplePlacer(config), guesser_(model) {}

protected:
    Placement among_many(const Placing& placing) const override;

private:
    struct Guessed {
        const Recent* parent = nullptr;  ///< Of `channel.recent`; null: it starts something.
        bool sure = false;
    };
    Guessed guess(const Placing& placing) const;

    links::Guesser guesser_;
};

/// What the message plainly follows, though it names nobody: the latest word in an open channel, of somebody
/// else and within `window`. Null if it does not: it is placed by the platform's word or addresses somebody,
/// tries to (a name that nobody here bears), or its author was just talking in another conversation here.
/// Whether it answers is for the caller, who knows whether anybody waits. Of `channel.recent`.
const Recent* plainly_followed(const Placing& placing, const Placement& placement,
                               std::chrono::milliseconds window);

/// The names that a text speaks to at its start: "ada: hi", "ada, bea: hi", "@ada hi". Views into `text`.
std::vector<std::string_view> leading_names(std::string_view text);

}  // namespace rapport
