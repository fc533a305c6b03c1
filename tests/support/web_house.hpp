#pragma once

// A whole Rapport behind its own website: the real pipeline, store and web adapter, and for every staffer a
// desk that is really open, over a WebSocket. Time is the test's.

#include "support/house.hpp"
#include "support/web_pages.hpp"

namespace rapport::test {

/// With which the site vouches for its visitors.
inline constexpr std::string_view site_secret = "the site's own secret";

/// The same face as PlainHouse. What people say on other platforms are events, as there; on the platform
/// "web" visitors say it on their own page, where `Saying::channel` is the visitor's name, and staff and the
/// brand at the desk. Buttons are pressed at the presser's desk, and what `press` returns is what they are
/// told there. After every step each desk is compared with what the store thinks is shown: a card that does
/// not stand there as it should is an exception.
class WebHouse : public PlainHouse {
public:
    explicit WebHouse(std::string_view rules, std::string_view team = team_yaml,
                      std::string_view config = "");
    ~WebHouse() override;

    std::string say(std::string_view who, std::string_view text, Saying how = {}) override;
    void press_at_once(const std::vector<std::string>& staffers, AlertId alert,
                       std::string_view button) override;
    void press_letter(std::string_view staffer, const std::string& letter, const std::string& button,
                      std::string_view choice = "") override;
    std::string press(std::string_view staffer, AlertId alert, std::string_view button,
                      std::string_view choice = "", std::string_view brief = "") override;
    Event pressing(std::string_view staffer, AlertId alert, std::string_view button,
                   std::string_view choice = "", std::string_view brief = "") override;
    AccountKey key(std::string_view who, std::string_view platform = "chat") const override;
    bool change_rules(std::string_view rules) override;
    std::vector<std::string> all_rows() override;
    void crash() override;

    /// Until nothing is under way any more, at the pages neither.
    void settle();
    /// What that staffer has before them. Throws if there is no such desk.
    DeskPage& desk(std::string_view staffer);
    /// The page of the visitor of that name, who comes now if they have not been there yet.
    VisitorPage& visitor(std::string_view name);
    /// A button of a card that stands before that staffer, as `press` without waiting for what follows;
    /// returns the press's id.
    std::string press_and_go(std::string_view staffer, AlertId alert, std::string_view button,
                             std::string_view choice = "", std::string_view brief = "");
    /// The page breaks off, and comes back by itself.
    void reconnect(WebPage& page);

protected:
    void commit(std::vector<Input> inputs) override;
    void calm_store() const override;
    ChannelKey channel_of(const Saying& how) const override;

private:
    struct Parts;
    bool is_desk(std::string_view staffer) const;
    void check_cards();
    void check_desk(const DeskPage& desk);
    std::string new_page_id();
    std::unique_ptr<Parts> parts_;
};

#ifdef RAPPORT_WEB_HOUSE
using House = WebHouse;
#endif

}  // namespace rapport::test
