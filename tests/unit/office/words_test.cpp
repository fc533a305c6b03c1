#include "bot/office/words.hpp"

#include "support/catch.hpp"

using namespace rapport::office;

TEST_CASE("commands and whole sentences are understood") {
    const auto [text, want] = GENERATE(table<std::string, Want>({
        {"", Want::help},
        {"help", Want::help},
        {"hello", Want::help},
        {"what can you do?", Want::help},
        {"mine", Want::mine},
        {"Show my alerts", Want::mine},
        {"show my alerts, please", Want::mine},
        {"alerts", Want::open_alerts},
        {"show all alerts", Want::open_alerts},
        {"who @slack:T1:U1", Want::who},
        {"who is @slack:T1:U1?", Want::who},
        {"hey, who's @slack:T1:U1", Want::who},
        {"tell me about @slack:T1:U1", Want::who},
        {"why 12", Want::why},
        {"why?", Want::why},
        {"why alert #12?", Want::why},
        {"what are the rules?", Want::rules},
        {"rules", Want::rules},
        {"who is on the team?", Want::team},
        {"who is on duty", Want::team},
        {"away until Monday", Want::away},
        {"I'm away until Monday", Want::away},
        {"I am out of office for 2 days", Want::away},
        {"I'll be on holiday until 3 Dec", Want::away},
        {"back", Want::back},
        {"I'm back!", Want::back},
        {"quiet for 2 hours", Want::quiet},
        {"don't disturb me until 15:00", Want::quiet},
        {"Do not disturb", Want::quiet},
        {"hours mon-fri 9-17", Want::hours},
        {"me", Want::me},
        {"me add mastodon:home:123", Want::me_add},
        {"me remove mastodon:home:123", Want::me_remove},
        {"link @a:b:c @a:b:d", Want::link},
        {"unlink @a:b:c", Want::unlink},
        {"role @a:b:c champion", Want::role},
        {"owner @a:b:c @a:b:d", Want::owner},
        {"rhythm @a:b:c 14d", Want::rhythm},
        {"succession", Want::succession},
        {"report", Want::report},
        {"how was the week?", Want::report},
        {"forget @a:b:c", Want::forget},
        {"thanks", Want::thanks},
        {"Thank you!", Want::thanks},
    }));
    INFO(text);
    CHECK(int(understand(text).want) == int(want));
}

TEST_CASE("what is not clear is answered with the nearest command") {
    const auto [text, meant] = GENERATE(table<std::string, std::string>({
        {"alrets", "alerts"},
        {"rulez", "rules"},
        {"I'm not away", "back"},
        {"who", "who @person"},
        {"forget", "forget @person"},
        {"link @a:b:c", "link @one @other"},
        {"why not", "why 12"},
        {"the weather is nice", "help"},
        {"please don't forget the cake", "forget"},
    }));
    INFO(text);
    const Intent intent = understand(text);
    CHECK(int(intent.want) == int(Want::unclear));
    CHECK(intent.rest == meant);
}

TEST_CASE("the parts of a request") {
    CHECK(understand("I'm away until 3 Dec 14:00").rest == "3 Dec 14:00");
    CHECK(understand("away for 2 days").rest == "for 2 days");
    CHECK(understand("Who is @slack:T1:U1?").who == "slack:T1:U1");
    CHECK(understand("why #12").alert == 12);
    const Intent role = understand("role @slack:T1:U1 champion, -prospect");
    CHECK(role.who == "slack:T1:U1");
    CHECK(role.add == std::vector<std::string>{"champion"});
    CHECK(role.remove == std::vector<std::string>{"prospect"});
    CHECK(understand("owner @slack:T1:U1 nobody").other.empty());
}
