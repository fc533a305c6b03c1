#include "unit/pipeline/random_world.hpp"

#include <fmt/format.h>

#include <random>

#include "support/house.hpp"
#include "unit/pipeline/workbench.hpp"

namespace rapport::test {

namespace {

using namespace std::chrono_literals;

class Weeks {
public:
    Weeks(std::uint32_t seed, bool with_erasure) : random_(seed), with_erasure_(with_erasure) {}

    Input next() {
        now_ += pick(12) == 0  ? std::chrono::milliseconds{std::chrono::hours{pick(30)}}
                : pick(3) == 0 ? std::chrono::milliseconds{std::chrono::minutes{pick(50)}}
                               : std::chrono::milliseconds{pick(20'000)};
        return {what(), pick(20) == 0 ? now_ - 1h : now_};
    }

private:
    std::size_t pick(std::size_t below) { return random_() % below; }
    std::string person() {
        return pick(4) == 0 ? std::vector<std::string>{"ada", "bea", "cyd", "brand"}[pick(4)]
                            : fmt::format("p{}", pick(14));
    }
    Channel channel() {
        static const ChannelKind kinds[] = {ChannelKind::open, ChannelKind::group, ChannelKind::dm,
                                            ChannelKind::ticket};
        const std::size_t which = pick(8);
        return {{"chat", "home", fmt::format("c{}", which)}, fmt::format("c{}", which), kinds[which % 4]};
    }
    std::string message_id() { return fmt::format("m{}", pick(std::size_t(ids_) + 1)); }
    std::string text() {
        static const std::vector<std::string> texts{"Does it speak IPv6?",
                                                    "hello all",
                                                    "thanks a lot!",
                                                    "How do I install Acme on Debian?",
                                                    "this is broken, help me!",
                                                    "just chatting",
                                                    "Acme is wonderful :)",
                                                    "is anybody there?"};
        std::string words = texts[pick(texts.size())];
        if (pick(3) == 0) words = person() + ": " + words;
        return words;
    }

    /// Few addresses, so that some are claimed by several.
    Account proving(Account account) {
        if (pick(2)) account.email = fmt::format("e{}@example.org", pick(8));
        if (pick(2)) {
            account.page = fmt::format("https://example.org/{}", account.key.id);
            account.links = std::vector<ProfileLink>{};
            for (std::size_t i = pick(4); i > 0; --i)
                account.links->push_back({"https://example.org/" + person(), pick(2) == 0});
        }
        return account;
    }

    decltype(Input::what) what() {
        switch (pick(with_erasure_ ? 41 : 40)) {
            case 40:
                return EraseAccount{key(), "ada"};
            case 0:
                return LinkAccounts{key(), key(), "ada"};
            case 1:
                return UnlinkAccount{key(), "ada"};
            case 2:
                return ShowAgain{};
            case 3:
                return Tick{};
            case 4:
                return event(ReactionAdded{message_key(), account_of(person()), "heart", now_});
            case 5:
                return event(AccountChanged{proving(account_of(person())), now_});
            case 6:
            case 7:
                return event(
                    ContactStated{account_of(person()),
                                  {pick(2) ? "champion" : "customer"},
                                  pick(3) ? "" : std::vector<std::string>{"ada", "bea", "gone"}[pick(3)],
                                  "",
                                  now_});
            case 8:
                return event(Gap{channel().key, now_ - 1h, now_, "offline"});
            case 9:
            case 10:
                return event(MessageEdited{message_key(), text(), now_});
            case 11:
                return event(MessageDeleted{message_key(), now_});
            case 12:
            case 13:
            case 14:
            case 15:
            case 16:
            case 17:
                return event(press());
            default:
                return event(posted());
        }
    }

    AccountKey key() { return account_of(person()).key; }
    MessageKey message_key() { return {channel().key, message_id()}; }
    Event event(Event::Body body) {
        Event one;
        one.body = std::move(body);
        one.seen = now_;
        one.cursor_name = "feed";
        one.cursor = fmt::format("{}", ids_);
        return one;
    }
    Action press() {
        static const std::vector<std::string> buttons{"claim",     "replied", "snooze",       "wake",
                                                      "hand_over", "dismiss", "answered_yes", "answered_no",
                                                      "why",       "nonsense"};
        static const std::vector<std::string> choices{"1h", "tomorrow", "ada", "bea", "cyd", "other", ""};
        Action action;
        action.id = fmt::format("press{}", pick(5) ? ++ids_ : int(pick(std::size_t(ids_) + 1)));
        action.by = key();
        action.card = fmt::format("alert:{}", 1 + pick(40));
        action.button = buttons[pick(buttons.size())];
        action.values["choice"] = choices[pick(choices.size())];
        action.at = now_;
        return action;
    }
    MessagePosted posted() {
        MessagePosted said;
        Message& message = said.message;
        message.channel = channel();
        message.id = pick(15) ? fmt::format("m{}", ++ids_) : message_id();
        message.author = account_of(person());
        message.author.bot = pick(40) == 0;
        message.text = text();
        message.at = now_;
        if (pick(5) == 0) message.reply_to = message_id();
        if (pick(8) == 0) message.thread = message_id();
        if (pick(6) == 0) message.mentions = {key(), key()};
        message.via_app = pick(20) == 0;
        said.late = pick(30) == 0;
        return said;
    }

    std::mt19937 random_;
    bool with_erasure_;
    Time now_ = moment("2026-03-02 10:00");
    int ids_ = 0;
};

}  // namespace

std::vector<Input> random_inputs(std::uint32_t seed, std::size_t count, bool with_erasure) {
    Weeks weeks{seed, with_erasure};
    std::vector<Input> all;
    for (std::size_t i = 0; i < count; ++i) all.push_back(weeks.next());
    return all;
}

}  // namespace rapport::test
