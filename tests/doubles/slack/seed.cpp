// Who is there when somebody just wants to try: invented people of invented companies.
#include "doubles/slack/double.hpp"

namespace rapport::test::slack {

void SlackDouble::seed() {
    Team acme;
    acme.id = "T0ACME";
    acme.name = "Acme";
    acme.domain = "acme";
    acme.bot_user = "U0RAPPORT";
    acme.bot = "B0RAPPORT";
    acme.bot_token = "xoxb-double-acme";
    add_team(std::move(acme));
    Team globex;
    globex.id = "T0EXT";
    globex.name = "Globex";
    globex.domain = "globex";
    globex.installed = false;
    add_team(std::move(globex));

    const auto person = [](std::string id, std::string name, std::string full, std::string title,
                           std::string team) {
        User user;
        user.id = std::move(id);
        user.email = name + "@" + (team == "T0EXT" ? "globex" : "acme") + ".example";
        user.name = user.display_name = std::move(name);
        user.real_name = std::move(full);
        user.title = std::move(title);
        user.team = std::move(team);
        return user;
    };
    add_user(person("U0ADA", "ada", "Ada Berg", "Head of community", "T0ACME"));
    add_user(person("U0BEA", "bea", "Bea Okafor", "Community manager", "T0ACME"));
    User cyd = person("U0CYD", "cyd", "Cyd Laurent", "Support engineer", "T0ACME");
    cyd.tz = "America/Montreal";
    cyd.tz_offset = -18000;
    add_user(std::move(cyd));
    User cleo = person("U0CLEO", "cleo", "Cleo Ito", "Runs a bookshop", "T0ACME");
    cleo.restricted = true;
    add_user(std::move(cleo));
    User dan = person("U0DAN", "dan", "Dan Moreau", "Organises meet-ups", "T0ACME");
    dan.ultra_restricted = true;
    add_user(std::move(dan));
    add_user(person("U0EVE", "eve", "Eve Novak", "Buys for Globex", "T0EXT"));
    User slackbot = person("USLACKBOT", "slackbot", "Slackbot", "", "T0ACME");
    slackbot.email.clear();
    add_user(std::move(slackbot));

    const auto channel = [](std::string id, std::string name, std::set<std::string> members) {
        Channel made;
        made.id = std::move(id);
        made.team = "T0ACME";
        made.name = std::move(name);
        made.members = std::move(members);
        made.members.insert("U0RAPPORT");
        return made;
    };
    add_channel(channel("C0GENERAL", "general", {"U0ADA", "U0BEA", "U0CYD", "U0CLEO"}));
    add_channel(channel("C0HELP", "help", {"U0ADA", "U0BEA", "U0CYD", "U0CLEO", "U0DAN"}));
    Channel alerts = channel("C0ALERTS", "alerts", {"U0ADA", "U0BEA", "U0CYD"});
    alerts.kind = Kind::closed;
    add_channel(std::move(alerts));
    Channel shared = channel("C0EXT", "ext-globex", {"U0ADA", "U0BEA", "U0EVE"});
    shared.ext_shared = true;
    shared.teams = {"T0ACME", "T0EXT"};
    add_channel(std::move(shared));
}

}  // namespace rapport::test::slack
