#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/adapter.hpp"
#include "adapters/event.hpp"
#include "adapters/net/error.hpp"
#include "adapters/net/rate_limit.hpp"
#include "adapters/notebook.hpp"
#include "adapters/office.hpp"

// The website: a page where visitors chat with the brand, and the desk where staff see cards and answer. A
// visitor's conversation is the channel {"web", realm, visitor}, of kind `ticket`; the visitor's account has
// the same id.

namespace rapport::web {

enum class Who { visitor, staff, brand };

/// One line of a conversation as both sides see it.
struct Line {
    std::string id{};  ///< The message's id.
    AccountKey author{};
    std::string name{};  ///< Display name; may be empty for a visitor.
    Who who = Who::visitor;
    std::string text{};  ///< Empty if deleted.
    Time at{};
    bool edited = false;
    bool deleted = false;
};

/// One conversation in the desk's list.
struct ConversationSummary {
    ChannelKey channel{};
    std::string name{};  ///< The visitor's display name; may be empty.
    Line last{};         ///< What was said last.
};

/// What was said, as the program's store knows it. Called on the adapter's executor; errors are shown as "try
/// again".
class Transcripts {
public:
    virtual ~Transcripts() = default;
    /// The newest `limit` lines of a conversation that stand after the line `after_id`, oldest first. With an
    /// empty or unknown `after_id`: the newest `limit` of all. A conversation that nobody knows has no lines.
    virtual boost::asio::awaitable<Result<std::vector<Line>>> lines(ChannelKey channel, std::string after_id,
                                                                    std::size_t limit) = 0;
    /// The web conversations in which something was said last, newest first.
    virtual boost::asio::awaitable<Result<std::vector<ConversationSummary>>> recent(std::size_t limit) = 0;
};

/// Someone who may sit at the desk.
struct RosterEntry {
    std::string name{};       ///< As in team.yaml. The account is {"web", realm, "staff:" + name}.
    std::string full_name{};  ///< What visitors see. Empty: `name`.
    bool operator==(const RosterEntry&) const = default;
};

/// Limits, all per running program. What is refused is refused with words that say what to do.
struct Limits {
    net::Rate messages{10, std::chrono::seconds{10}};  ///< A visitor's messages and renames.
    net::Rate messages_per_address{60,
                                   std::chrono::seconds{10}};  ///< The same, of all visitors at one address.
    net::Rate hellos_per_address{60, std::chrono::seconds{10}};  ///< Connections that introduce themselves.
    std::size_t keys = 10'000;  ///< Visitors and addresses whose rates are remembered.
    std::size_t text = 4'000;   ///< Characters (code points) in a message; at most 16,384.
    std::size_t name = 60;      ///< Characters (code points) in a visitor's name.
    std::size_t sockets = 512;  ///< Connections open at once.
    std::size_t sockets_per_address = 256;
    std::size_t tabs = 8;            ///< Connections of one visitor.
    std::size_t unconfirmed = 32;    ///< Messages or presses of one connection that are not durable yet.
    std::size_t cards = 2'000;       ///< Cards kept for one staffer, and for the team; closed ones go first.
    std::size_t letters = 20;        ///< Letters kept for one staffer; the oldest go first.
    std::size_t lines = 200;         ///< Lines of a transcript sent at once.
    std::size_t conversations = 50;  ///< Conversations in the desk's list.
};

struct Config {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;  ///< 0: any free one.
    std::string realm = "site";
    std::string brand_name = "Rapport";
    /// Opens the desk. At least 16 characters; keep it out of logs. Empty: the desk is closed.
    std::string token{};
    std::vector<RosterEntry> roster{};
    /// With which the site signs who is signed in there (vouch.hpp). At least 16 characters; keep it out of
    /// logs. Empty: nobody is vouched for.
    std::string site_secret{};
    /// Host names, beside those of this machine, under which browsers may come (behind a proxy: the site's
    /// name, without port). Only used on a loopback address, where it keeps strangers' pages from rebinding
    /// their name to us.
    std::vector<std::string> hosts{};
    /// Where staff open the desk, for links: "https://chat.example.org". Empty: http://ADDRESS:PORT.
    std::string public_url{};
    Limits limits{};
    /// Gives `Event::seen` and `Message::at`.
    std::function<Time()> clock = [] {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    };
};

/// The embedded default channel and desk. Lives on one executor; not thread-safe.
class WebAdapter : public Adapter, public Desk {
public:
    /// All must outlive the adapter. Without `office` the buttons of letters do nothing but say so; without
    /// `notebook` letters are forgotten at a restart.
    WebAdapter(Config config, Transcripts& transcripts, Office* office = nullptr,
               Notebook* notebook = nullptr);
    ~WebAdapter() override;

    std::string_view name() const noexcept override { return "web"; }

    /// Takes the port, so that a port in use is known before anything else starts. `run` does it if nobody
    /// has.
    Result<> listen(boost::asio::any_io_executor executor);
    /// The port taken; 0 before `listen`.
    std::uint16_t port() const noexcept;
    /// "http://127.0.0.1:8080" or the configured public address, without a slash at the end.
    std::string url() const;

    /// Who may sit at the desk from now on. Whoever is choosing just then sees the new list, and so does
    /// whoever sat there and is not on it any more.
    void replace_roster(std::vector<RosterEntry> roster);

    /// Serves until cancelled. Returns an error if the port cannot be had. `inbox` must outlive the call.
    boost::asio::awaitable<Result<>> run(Inbox& inbox) override;

    /// Staff of this website: {"web", realm, "staff:..."} with a name of the roster.
    bool reaches(const AccountKey& staff) const noexcept override;
    /// Cards are kept in memory and shown to those in `to` (to everybody if it is empty); after a restart the
    /// program delivers the open ones again. Forms and notices wait for their addressee, the last 50 of each.
    /// Letters lie on the desk of each addressee (of everybody, if `to` is empty) until they are dismissed.
    boost::asio::awaitable<Result<>> deliver(Outgoing outgoing) override;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// A visitor's account id: the first 16 bytes, in hex, of the SHA-256 of the secret that their browser keeps.
std::string visitor_id(std::string_view secret);

}  // namespace rapport::web
