#include "bot/people/rhythm.hpp"

#include "support/catch.hpp"
#include "world_of_people.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;
using std::chrono::days;

namespace {

const Time day_one{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}};

struct Two {
    WorldOfPeople world{};
    AccountId sam = world.account("sam", "chat", day_one).id, ada = world.id("ada");

    /// In touch on these days.
    Two& on(std::initializer_list<int> all, AccountId who = {}, AccountId staff = {}) {
        for (const int day : all)
            world.talk(who == AccountId::none ? sam : who, staff == AccountId::none ? ada : staff,
                       Interaction::reply, day_one + days{day});
        return *this;
    }
    Rhythm rhythm(Time now = day_one + days{400}) {
        const PersonView person = world.view(sam, now);
        const StafferTie* tie = tie_to_keep(person);
        REQUIRE(tie);
        return rhythm_of(world.state, world.team, person, *tie, now);
    }
};

}  // namespace

TEST_CASE("the usual time between two contacts is the median of the latest silences") {
    CHECK(Two{}.on({0, 14, 28, 42}).rhythm().usual == days{14});
    CHECK(Two{}.on({0, 14, 28, 128, 142, 156}).rhythm().usual == days{14});  // one long silence is no rhythm
    CHECK(Two{}.on({0, 14, 44}).rhythm().usual == days{30});                 // of two, the longer one
    const Rhythm often = Two{}.on({0, 1, 2, 3, 4, 5}).rhythm();
    CHECK(often.usual == shortest_rhythm);
    CHECK(often.learned_from == 5);
    CHECK(often.last == day_one + days{5});
    // Only the latest eight count: they talk more seldom now.
    CHECK(Two{}.on({0, 7, 14, 21, 28, 60, 90, 120, 150, 180, 210}).rhythm().usual == days{30});
}

TEST_CASE("an exchange within a day is one contact, and what is heard late changes no silence") {
    Two two;
    for (const int day : {0, 14, 28})
        for (const auto minute : {0min, 5min, 600min})
            two.world.talk(two.sam, two.ada, Interaction::reply, day_one + days{day} + minute);
    two.on({3, 7});
    const Rhythm rhythm = two.rhythm();
    CHECK(rhythm.learned_from == 2);
    CHECK(rhythm.usual == days{13} + 14h);
    CHECK(rhythm.last == day_one + days{28} + 600min);
}

TEST_CASE(
    "while too few silences are known, how long they have known each other says it, one word says nothing") {
    CHECK(Two{}.on({0, 60}).rhythm().usual == days{30});
    CHECK(Two{}.on({0, 60}).rhythm().learned_from == 0);
    const Rhythm once = Two{}.on({0}).rhythm();
    CHECK(once.usual == 0ms);
    CHECK(silent_from(once, 2) == never);
}

TEST_CASE("what staff have set holds in place of what is learned, or that nobody wants to be reminded") {
    Two two;
    two.on({0, 14, 28});
    AccountRow& row = two.world.state.accounts.edit(two.sam);
    row.rhythm_ms = std::chrono::milliseconds{days{3}}.count();
    CHECK(two.rhythm().usual == days{3});
    CHECK(two.rhythm().by_staff);
    CHECK(silent_from(two.rhythm(), 2) == day_one + days{34});
    row.rhythm_ms = -1;
    CHECK_FALSE(two.rhythm().wanted);
    CHECK(silent_from(two.rhythm(), 2) == never);
}

TEST_CASE("silences of all accounts count, of the staffer's too, link and un-link lose nothing") {
    Two two;
    two.on({0, 14, 28});
    const AccountId other = two.world.id("sam", "mail");
    const AccountId ada_elsewhere = two.world.id("ada", "mail");
    two.on({1, 41, 81}, other, ada_elsewhere);
    const Rhythm alone = two.rhythm();
    CHECK(alone.usual == days{14});
    REQUIRE(link_accounts(two.world.state, two.sam, other));
    CHECK(two.rhythm().learned_from == 4);
    CHECK(two.rhythm().usual == days{40});
    CHECK(two.rhythm().last == day_one + days{81});
    REQUIRE(unlink_account(two.world.state, other));
    CHECK(two.rhythm().usual == alone.usual);
    CHECK(two.rhythm().last == alone.last);
    CHECK(two.rhythm().learned_from == alone.learned_from);
}

TEST_CASE("the owner writes if they know the person, else whoever is closest") {
    Two two;
    two.on({0, 1, 2}).on({5}, two.sam, two.world.id("bea"));
    CHECK(tie_to_keep(two.world.view(two.sam, day_one + days{9}))->staffer->name == "ada");
    two.world.account("sam").owner = "bea";
    CHECK(tie_to_keep(two.world.view(two.sam, day_one + days{9}))->staffer->name == "bea");
    two.world.account("sam").owner = "cyd";
    CHECK(tie_to_keep(two.world.view(two.sam, day_one + days{9}))->staffer->name == "ada");
    CHECK(tie_to_keep(two.world.view(two.world.id("otto"), day_one)) == nullptr);
}

TEST_CASE("a rhythm in words") {
    const auto words = [](std::chrono::milliseconds usual, bool by_staff = false) {
        return rhythm_text({usual, by_staff});
    };
    CHECK(words(days{7}) == "about every week");
    CHECK(words(days{10} + 3h) == "about every 10 days");
    CHECK(words(days{30}) == "about every 4 weeks");
    CHECK(words(days{1}, true) == "every day");
    CHECK(words(days{21}, true) == "every 3 weeks");
}

TEST_CASE("how often is said in whole weeks where it is so, and roughly where it was learned") {
    CHECK(rhythm_text(days{1}) == "every day");
    CHECK(rhythm_text(days{7}) == "every week");
    CHECK(rhythm_text(days{10}) == "every 10 days");
    CHECK(rhythm_text(days{14}) == "every 2 weeks");
    CHECK(rhythm_text(days{30}) == "every 30 days");
    Rhythm rhythm;
    rhythm.usual = days{30};
    CHECK(rhythm_text(rhythm) == "about every 4 weeks");
    rhythm.by_staff = true;
    CHECK(rhythm_text(rhythm) == "every 30 days");
}
