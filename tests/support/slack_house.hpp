#pragma once

// A whole Rapport behind a Slack: the real pipeline, store and Slack adapter, and the double, over Socket
// Mode or over HTTP. Time is the test's; rate limits cost no real time.

#include <boost/asio/io_context.hpp>
#include <filesystem>

#include "support/house.hpp"

namespace rapport::test::slack {
class SlackDouble;
}

namespace rapport::test {

/// Which of the two: each test program says so (slack_house_http.cpp, slack_house_socket.cpp).
extern const bool house_is_over_http;

/// The same face as PlainHouse. Names are people in an invented workspace, channels are channels there, and
/// what staff see is looked up in Slack as well: a card that does not stand there as it should is an
/// exception.
class SlackHouse : public PlainHouse {
public:
    explicit SlackHouse(std::string_view rules, std::string_view team = team_yaml,
                        std::string_view config = "");
    ~SlackHouse() override;

    std::string say(std::string_view who, std::string_view text, Saying how = {}) override;
    void edit(std::string_view id, std::string_view text, Saying where = {}) override;
    void remove(std::string_view id, Saying where = {}) override;
    std::string press(std::string_view staffer, AlertId alert, std::string_view button,
                      std::string_view choice = "", std::string_view brief = "") override;
    void press_at_once(const std::vector<std::string>& staffers, AlertId alert,
                       std::string_view button) override;
    void press_letter(std::string_view staffer, const std::string& letter, const std::string& button,
                      std::string_view choice = "") override;
    Event saying(std::string_view who, std::string_view text, Saying how = {}) override;
    std::string link(std::string_view id, Saying where = {}) const override;
    AccountKey key(std::string_view who, std::string_view platform = "chat") const override;
    bool change_rules(std::string_view rules) override;
    std::vector<std::string> all_rows() override;
    void crash() override;

    /// The same without waiting for what follows from it.
    std::string say_and_go(std::string_view who, std::string_view text, Saying how = {});
    /// Until nothing is under way any more. What Slack does not take just now waits on.
    void settle();
    /// Lets a little happen: that many turns of the loop.
    void turn(int turns);
    /// Rapport is not there; and is again.
    void down();
    void up();
    slack::SlackDouble& slack();
    /// Real time that the store's thread lets pass before it works on what is committed from here.
    std::chrono::milliseconds store_rests{};
    /// What staff edit, in Slack or with an editor. `change_rules` is another's, and leaves it alone.
    std::filesystem::path rules_file() const;
    /// As the staffer sees it in Slack: messages that stand by themselves in their direct message, or in the
    /// team's channel.
    std::vector<std::string> seen_by(std::string_view staffer) const;
    std::vector<std::string> seen_in_channel() const;

protected:
    void commit(std::vector<Input> inputs) override;
    void calm_store() const override;
    ChannelKey channel_of(const Saying& how) const override;
    std::string native(std::string_view id) const override;

private:
    struct Parts;
    void check_cards();
    void check_letters();
    std::vector<std::string> places_of(const std::vector<AccountKey>& to) const;
    std::unique_ptr<Parts> parts_;
};

#ifdef RAPPORT_SLACK_HOUSE
using House = SlackHouse;
#endif

}  // namespace rapport::test
