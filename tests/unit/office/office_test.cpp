// Staff talk with Rapport, in a whole Rapport in memory.

#include "counter.hpp"
#include "scenarios/told.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::test;

namespace {

const std::string our_rules = R"(# Ours.
rules:
  # Whoever asks gets an answer.
  - name: question
    title: Somebody asked
    when: message.needs_reply and not conversation.answered_by_person
    ask: [owner, strongest tie, on duty in community, channel]
    reply within: 2h
)";

struct Talk {
    House house{our_rules};
    Counter counter{house, our_rules};
    /// A champion whom Ada knows asks on Monday morning.
    Talk() {
        house.at("2026-03-02 09:00");
        house.know("lena", {"champion"}, "ada");
    }
    std::string lena_asks() { return house.say("lena", "How do I install Acme on my laptop?"); }
};

Message message(House& house, std::string_view who, std::string_view text, Saying how = {}) {
    return std::get<MessagePosted>(house.saying(who, text, std::move(how)).body).message;
}

}  // namespace

TEST_CASE("help and words that are not clear") {
    Talk talk;
    CHECK_THAT(
        talk.counter.says("ada", "help"),
        ContainsSubstring("Hello Ada Winter") && ContainsSubstring("away until Monday: You are not asked"));
    CHECK_THAT(talk.counter.says("ada", "alrets"),
               ContainsSubstring("Did you mean \"alerts\"?") && ContainsSubstring("[alerts = say/alerts]"));
    CHECK_THAT(talk.counter.presses("ada", "say/alerts"), ContainsSubstring("No alert is open"));
    CHECK_THAT(talk.counter.says("ada", std::string(4000, 'x')), ContainsSubstring("shorter"));
    CHECK_THAT(talk.counter.says("ada", "thanks!"), ContainsSubstring("You're welcome"));
    CHECK_THAT(talk.counter.presses("ada", "no/such"), ContainsSubstring("older page"));
}

TEST_CASE("my alerts, and acting on them from the page") {
    Talk talk;
    CHECK_THAT(talk.counter.says("ada", "mine"), ContainsSubstring("Nothing waits for you"));
    talk.lena_asks();
    CHECK(talk.counter.says("ada", "show my alerts") ==
          "mine: Your open alerts\n"
          "# 1: Somebody asked\n"
          "lena. Waiting for you, due Mon 2 Mar 2026, 12:00.\n"
          "> lena: How do I install Acme on my laptop?\n"
          "[I'll reply = act/claim/1][Open -> https://example.org/m000001][I replied = act/replied/1]"
          "[Snooze = act/snooze/1]<1h><3h><tomorrow><3d>[Why? = why/1][Who is this? = who/chat:home:lena]\n");
    CHECK_THAT(talk.counter.says("bea", "mine"), ContainsSubstring("Nothing waits"));
    CHECK_THAT(talk.counter.says("bea", "alerts"), ContainsSubstring("Waiting for Ada Winter"));
    CHECK_THAT(talk.counter.presses("ada", "act/claim/1"), ContainsSubstring("Claimed by you"));
    CHECK(talk.house.only_alert().state == AlertState::claimed);
}

TEST_CASE("scenario 41: why an alert was raised, and why a message raised none") {
    Talk talk;
    const std::string id = talk.lena_asks();
    const std::string why = talk.counter.says("ada", "why 1");
    CHECK_THAT(why, ContainsSubstring("✓ message.needs_reply — it is") &&
                        ContainsSubstring("owns this relationship"));
    CHECK(talk.counter.says("ada", "why") == why);
    CHECK_THAT(talk.counter.says("ada", "why 99"), ContainsSubstring("There is no alert 99"));
    const std::string quiet = talk.house.say("otto", "Good morning everybody");
    Message about = message(talk.house, "otto", "");
    about.id = quiet;
    CHECK_THAT(talk.counter.shortcut("ada", "who_is", about),
               ContainsSubstring("why_message/chat:home:help/" + quiet));
    CHECK_THAT(talk.counter.presses("ada", "why_message/chat:home:help/" + quiet),
               ContainsSubstring("# ✗ question") && ContainsSubstring("✗ message.needs_reply — it is no"));
}

TEST_CASE("who somebody is") {
    Talk talk;
    talk.lena_asks();
    const std::string page = talk.counter.says("bea", "who is @chat:home:lena?");
    CHECK_THAT(page, ContainsSubstring("who: lena\n") && ContainsSubstring("Roles: champion") &&
                         ContainsSubstring("Owner: Ada Winter"));
    CHECK_THAT(page,
               ContainsSubstring("+30.0") && ContainsSubstring("# Never answered\n> lena: How do I install"));
    CHECK_THAT(page, ContainsSubstring("# 1: Somebody asked") &&
                         ContainsSubstring("[Forget = forget/chat:home:lena]"));
    CHECK(talk.counter.says("bea", "who lena") == page);
    CHECK_THAT(talk.counter.says("bea", "who is @nobody?"),
               ContainsSubstring("I don't know anybody called \"nobody\""));
}

TEST_CASE("what was said in a direct message is not shown to others") {
    Talk talk;
    Saying direct;
    direct.channel = "D1";
    direct.kind = ChannelKind::dm;
    talk.house.say("lena", "Can you keep a secret about my salary?", direct);
    const std::string owner = talk.counter.says("ada", "who lena");
    CHECK_THAT(owner, ContainsSubstring("salary"));
    const std::string other = talk.counter.says("bea", "who lena");
    CHECK(other.find("salary") == std::string::npos);
    CHECK_THAT(other, ContainsSubstring("for others to read"));
    CHECK(talk.counter.says("bea", "alerts").find("salary") == std::string::npos);
    CHECK(talk.counter.says("bea", "why 1").find("salary") == std::string::npos);
    // To have been handed it over is not to have been told.
    talk.house.press("ada", AlertId{1}, "hand_over", "bea");
    const std::string mine = talk.counter.says("bea", "mine");
    CHECK_THAT(mine, ContainsSubstring("It was said in a direct message"));
    CHECK(mine.find("salary") == std::string::npos);
    // Said to the brand by somebody new: whoever is asked reads it.
    talk.house.say("otto", "Can you tell me about my invoice?", {.channel = "D2", .kind = ChannelKind::dm});
    CHECK_THAT(talk.counter.says(talk.house.alert(AlertId{2}).staffer, "mine"), ContainsSubstring("invoice"));
}

TEST_CASE("roles and owner") {
    Talk talk;
    CHECK_THAT(
        talk.counter.says("ada", "role @chat:home:lena speaker -champion"),
        ContainsSubstring("Roles changed: +speaker and -champion") && ContainsSubstring("Roles: speaker\n"));
    CHECK_THAT(talk.counter.says("ada", "owner lena bea"),
               ContainsSubstring("Bea Morgan looks after them now"));
    CHECK(talk.house.account("lena").owner == "bea");
    CHECK_THAT(talk.counter.says("ada", "owner lena zoe"),
               ContainsSubstring("I don't know a colleague called \"zoe\""));
    CHECK_THAT(talk.counter.says("ada", "owner lena nobody"), ContainsSubstring("Owner: nobody"));
    CHECK_THAT(talk.counter.says("ada", "role lena V!P"), ContainsSubstring("is no role"));
    CHECK_THAT(talk.counter.presses("ada", "person/chat:home:lena"),
               ContainsSubstring("Roles (roles): speaker"));
    auto values = talk.counter.values();
    values["roles"] = "customer";
    values["owner"] = "cyd";
    values["note"] = "Met at the book fair.";
    CHECK_THAT(talk.counter.submits("ada", "person", values),
               ContainsSubstring("Saved.") && ContainsSubstring("Note: Met at the book fair."));
    CHECK(talk.house.account("lena").roles == std::vector<std::string>{"customer"});
    CHECK(talk.house.account("lena").owner == "cyd");
    values["owner"] = "zoe";
    values["roles"] = "not a role";
    CHECK(talk.counter.submits("ada", "person", values) ==
          "! owner: I don't know that colleague.\n! roles: \"not a role\" is no role. Use one short word "
          "each, with commas between.\n");
}

TEST_CASE("away and back, by command, sentence and form") {
    Talk talk;
    CHECK_THAT(talk.counter.says("ada", "I'm away until Wednesday"),
               ContainsSubstring("away until Wed 4 Mar 2026, 00:00"));
    talk.lena_asks();
    CHECK(talk.house.only_alert().staffer == "bea");
    CHECK_THAT(talk.counter.says("bea", "team"),
               ContainsSubstring("Ada Winter: away until Wed 4 Mar 2026, 00:00, 0 of 5 alerts"));
    CHECK_THAT(talk.counter.says("ada", "I'm back"), ContainsSubstring("Welcome back"));
    CHECK_THAT(talk.counter.says("bea", "team"), ContainsSubstring("Ada Winter: works now"));
    CHECK_THAT(talk.counter.says("ada", "away until someday"), ContainsSubstring("I did not understand"));
    CHECK_THAT(talk.counter.says("ada", "away"), ContainsSubstring("form away: Away"));
    CHECK_THAT(talk.counter.submits("ada", "away", {{"until", "yesterday"}}),
               ContainsSubstring("! until: I did not understand"));
    CHECK_THAT(talk.counter.submits("ada", "away", {{"until", "2026-01-01"}}),
               ContainsSubstring("! until: Thu 1 Jan 2026, 00:00 is over already"));
    CHECK_THAT(talk.counter.submits("ada", "away", {{"until", "3 Apr"}}),
               ContainsSubstring("You are away until Fri 3 Apr 2026"));
    CHECK(talk.house.store().staffers().value().at("ada").away_until == moment("2026-04-02 22:00"));
}

TEST_CASE("not to be disturbed for a while") {
    Talk talk;
    CHECK_THAT(talk.counter.says("ada", "quiet"), ContainsSubstring("You may be asked. Try"));
    CHECK_THAT(talk.counter.says("ada", "quiet for 2 hours"),
               ContainsSubstring("Nobody disturbs you until Mon 2 Mar 2026, 12:00, however urgent it is."));
    CHECK(talk.house.store().staffers().value().at("ada").quiet_until == moment("2026-03-02 11:00"));
    CHECK_THAT(talk.counter.says("bea", "team"),
               ContainsSubstring("Ada Winter: not to be disturbed until Mon 2 Mar 2026, 12:00"));
    CHECK_THAT(talk.counter.says("ada", "quiet"),
               ContainsSubstring("Nobody disturbs you until") && ContainsSubstring("[I'm back = back]"));
    talk.lena_asks();
    CHECK(talk.house.only_alert().staffer == "bea");
    CHECK_THAT(talk.counter.says("ada", "I'm back"), ContainsSubstring("Welcome back"));
    CHECK(talk.house.store().staffers().value().at("ada").quiet_until == never);
    CHECK_THAT(talk.counter.says("ada", "please don't disturb me until 15:00"),
               ContainsSubstring("until Mon 2 Mar 2026, 15:00"));
    CHECK_THAT(talk.counter.says("ada", "quiet until someday"), ContainsSubstring("I did not understand"));
    CHECK_THAT(talk.counter.says("ada", "quiet for 3 weeks"), ContainsSubstring("Say \"away until ...\""));
}

TEST_CASE("hours and accounts of one's own") {
    Talk talk;
    CHECK_THAT(talk.counter.says("ada", "hours"),
               ContainsSubstring("Mon-Fri 09:00-17:00 on the clocks of Europe/Berlin"));
    CHECK_THAT(talk.counter.says("ada", "hours tue-thu 10-12"),
               ContainsSubstring("Saved. You are asked Tue-Thu 10:00-12:00"));
    CHECK_THAT(talk.counter.says("ada", "hours"),
               ContainsSubstring("Tue-Thu 10:00-12:00") && ContainsSubstring("do not work"));
    CHECK_THAT(talk.counter.says("ada", "hours whenever"),
               ContainsSubstring("I did not understand these hours"));
    CHECK(talk.counter.submits("ada", "hours", {{"hours", "9-17"}, {"zone", "Mars"}}) ==
          "! zone: I don't know the time zone \"Mars\". Write it like Europe/Berlin.\n");
    CHECK_THAT(talk.counter.says("ada", "me add mastodon:home:7"),
               ContainsSubstring("mastodon:home:7: added by you"));
    CHECK_THAT(talk.counter.says("bea", "me add mastodon:home:7"),
               ContainsSubstring("is Ada Winter's already"));
    CHECK_THAT(talk.counter.says("ada", "me add chat:home:brand"), ContainsSubstring("speaks for the brand"));
    CHECK_THAT(talk.counter.says("ada", "me remove chat:home:ada"),
               ContainsSubstring("none of the accounts that you have added"));
    CHECK_THAT(talk.counter.says("ada", "me remove mastodon:home:7"), ContainsSubstring("Removed."));
    CHECK_THAT(talk.counter.says("bea", "me add mastodon:home:7"), ContainsSubstring("Added."));
}

TEST_CASE("linking asks first, un-linking takes it back") {
    Talk talk;
    talk.house.say("lena", "I am here too.", {.platform = "other"});
    CHECK_THAT(talk.counter.says("ada", "link chat:home:lena other:home:lena"),
               ContainsSubstring("form link: One person?") && ContainsSubstring("(They are one person)"));
    CHECK(talk.house.account("lena").person != talk.house.account("lena", "other").person);
    CHECK_THAT(talk.counter.submits("ada", "link", talk.counter.values()),
               ContainsSubstring("They are one person now"));
    CHECK(talk.house.account("lena").person == talk.house.account("lena", "other").person);
    CHECK_THAT(talk.counter.says("ada", "link chat:home:lena other:home:lena"),
               ContainsSubstring("one person already"));
    CHECK_THAT(talk.counter.says("ada", "unlink other:home:lena"), ContainsSubstring("as if never linked"));
    CHECK(talk.house.account("lena").person != talk.house.account("lena", "other").person);
}

TEST_CASE("forgetting asks first and then leaves nothing") {
    Talk talk;
    talk.lena_asks();
    CHECK_THAT(talk.counter.says("ada", "forget lena"),
               ContainsSubstring("It cannot be undone") && ContainsSubstring("lena (chat:home:lena)"));
    const auto values = talk.counter.values();
    CHECK_THAT(talk.counter.submits("ada", "forget", values), ContainsSubstring("are deleted"));
    CHECK_THROWS(talk.house.account("lena"));
    CHECK_THAT(talk.counter.submits("ada", "forget", values), ContainsSubstring("Nothing is kept of them"));
}

TEST_CASE("muting a person keeps the rules quiet about them") {
    Talk talk;
    CHECK_THAT(talk.counter.presses("ada", "mute/chat:home:lena"),
               ContainsSubstring("No alerts about them until Mon 9 Mar 2026"));
    talk.lena_asks();
    CHECK(talk.house.alerts().empty());
    CHECK_THAT(talk.counter.presses("ada", "unmute/chat:home:lena"), ContainsSubstring("raised again"));
}

TEST_CASE("ask someone to reply, whatever the rules say") {
    Talk talk;
    Message about = message(talk.house, "lena", "");
    about.id = talk.house.say("lena", "Acme is a fine thing.");
    REQUIRE(talk.house.alerts().empty());
    const std::string page = talk.counter.shortcut("bea", "ask_someone", about);
    CHECK_THAT(page, ContainsSubstring("asked: Thanks for watching out") &&
                         ContainsSubstring("Ada Winter is asked to reply."));
    const AlertRow alert = talk.house.only_alert();
    CHECK(alert.staffer == "ada");
    CHECK(alert.title == "Bea Morgan asks for an answer");
    CHECK(alert.why.front() == "Bea Morgan asked for it");
    CHECK_THAT(talk.counter.shortcut("cyd", "ask_someone", about), ContainsSubstring("Ada Winter is asked"));
    CHECK(talk.house.alerts().size() == 1);
    talk.house.say("ada", "Thank you, Lena!", {.reply_to = about.id});
    CHECK(talk.house.only_alert().outcome == Outcome::verified);
    Message ours = message(talk.house, "ada", "");
    ours.id = talk.house.say("ada", "Hello all");
    CHECK_THAT(talk.counter.shortcut("bea", "ask_someone", ours),
               ContainsSubstring("nobody needs to answer it"));
}

TEST_CASE(
    "asked about a stranger, everybody sees it, told by the lead's clock and without a rule that there is "
    "not") {
    Talk talk;
    Message about = message(talk.house, "zoe", "");
    about.id = talk.house.say("zoe", "Acme is a fine thing.");
    talk.counter.shortcut("bea", "ask_someone", about);
    const AlertRow alert = talk.house.only_alert();
    CHECK(alert.staffer.empty());
    const Card& card = talk.house.card(alert.id);
    const std::string fields = fields_of(card);
    CHECK_THAT(fields, ContainsSubstring(
                           "Why everybody: nobody who knows them can be asked, so it goes to everybody"));
    CHECK_THAT(fields, ContainsSubstring("(Berlin)") && !ContainsSubstring("UTC"));
    CHECK_THAT(talk.house.press("ada", alert.id, "dismiss", "not_us"),
               !ContainsSubstring("against the rule"));
}

TEST_CASE("a message from before Rapport listened can be asked about, held over the night") {
    Talk talk;
    talk.house.at("2026-03-02 22:00");
    const Message about = message(talk.house, "otto", "Acme rocks", {.id = "old"});
    CHECK_THAT(talk.counter.shortcut("bea", "ask_someone", about),
               ContainsSubstring("Nobody works just now. Somebody is asked Tue 3 Mar 2026, 09:00"));
    talk.house.at("2026-03-03 08:00");
    CHECK(talk.house.only_alert().state == AlertState::open);
    CHECK(talk.house.only_alert().late);
}

TEST_CASE("the week in numbers, and home") {
    Talk talk;
    const std::string id = talk.lena_asks();
    talk.house.later(std::chrono::minutes{30});
    talk.house.say("ada", "Just run the installer.", {.reply_to = id});
    CHECK_THAT(talk.counter.says("ada", "report"),
               ContainsSubstring("# You\nAnswered in person: 1 (seen: 1, you say so: 0)\nAsked: 1 time") &&
                   ContainsSubstring(
                       "# The team\nAda Winter: 1 answered, usually after 30 min (30 min of working time)"));
    const std::string home = talk.counter.home("ada");
    CHECK_THAT(home, ContainsSubstring("home: Hello Ada Winter\n# My open alerts\nNothing waits for you"));
    CHECK_THAT(home, ContainsSubstring("# My week\nAnswered in person: 1 (seen: 1, you say so: 0)") &&
                         ContainsSubstring("Hours: Mon-Fri 09:00-17:00 (Europe/Berlin)"));
}

TEST_CASE("home tells whom one is losing touch with") {
    Talk talk;
    for (int day = 0; day < 20; ++day) {
        const std::string id = talk.house.say("lena", "How is it going?");
        talk.house.say("ada", "Well, thank you. And you?", {.reply_to = id});
        talk.house.later(std::chrono::days{1});
    }
    CHECK(talk.counter.home("ada").find("Losing touch") == std::string::npos);
    talk.house.later(std::chrono::days{40});
    CHECK_THAT(talk.counter.home("ada"), ContainsSubstring("# Losing touch with\nlena: last contact"));
    CHECK(talk.counter.home("bea").find("Losing touch") == std::string::npos);
}

TEST_CASE("how often one wants to be in touch is said in a word, or learned, or not wanted") {
    Talk talk;
    const auto rhythm = [&] { return std::chrono::milliseconds{talk.house.account("lena").rhythm_ms}; };
    CHECK_THAT(talk.counter.says("ada", "rhythm lena 14d"), ContainsSubstring("Noted: every 2 weeks."));
    CHECK(rhythm() == std::chrono::days{14});
    for (const char* wrong : {"rhythm lena 2h", "rhythm lena 2y", "rhythm lena often", "rhythm lena -3d"})
        CHECK_THAT(talk.counter.says("ada", wrong), ContainsSubstring("How often?"));
    CHECK(rhythm() == std::chrono::days{14});
    CHECK_THAT(talk.counter.says("ada", "rhythm lena never"),
               ContainsSubstring("No more reminders of them."));
    CHECK(rhythm() < std::chrono::milliseconds{0});
    talk.counter.says("ada", "rhythm lena usual");
    CHECK(rhythm() == std::chrono::milliseconds{0});
    CHECK_THAT(talk.counter.says("ada", "rhythm nobody_at_all 14d"), ContainsSubstring("Who?"));
    CHECK_THAT(talk.counter.says("ada", "rhythm lena"), ContainsSubstring("rhythm @person 14d"));
}

TEST_CASE("buttons of a succession that is over do no harm") {
    Talk talk;
    CHECK_THAT(talk.counter.says("ada", "succession"), ContainsSubstring("is with somebody else by now"));
    CHECK_THAT(talk.counter.presses("ada", "succeed_all/zoe"),
               ContainsSubstring("Everybody is with somebody else already."));
    CHECK_THAT(talk.counter.presses("ada", "succeed/zoe/chat:home:lena"),
               ContainsSubstring("not on the team any more"));
    CHECK_THAT(talk.counter.presses("ada", "succeed/bea/chat:home:nobody"), ContainsSubstring("Who?"));
    CHECK_THAT(talk.counter.presses("ada", "succeed"), ContainsSubstring("not on the team any more"));
    CHECK(talk.house.account("lena").owner == "ada");
}

TEST_CASE("a change is decided once, whatever comes twice") {
    Talk talk;
    const StaffChange change{"once", "ada", SetOwner{talk.house.key("lena"), "bea"}};
    talk.house.put(change);
    talk.house.put(StaffChange{"other", "ada", SetOwner{talk.house.key("lena"), "cyd"}});
    talk.house.put(change);
    CHECK(talk.house.account("lena").owner == "cyd");
}
