// What comes back when staff press what we have shown: rendered by us, pressed as Slack tells it, understood
// by us.

#include "adapters/slack/blocks/interaction.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "support/catch.hpp"
#include "unit/slack/blocks/validator.hpp"

namespace rapport::slack {
namespace json = boost::json;

namespace {

const Time noon{std::chrono::seconds{1'763'812'800}};

Installation acme() {
    Installation out;
    out.team = "T1";
    return out;
}

json::object press_on_message(json::object pressed) {
    pressed["action_ts"] = "1700000000.000100";
    return {{"type", "block_actions"},
            {"user", {{"id", "U1"}, {"team_id", "T1"}}},
            {"team", {{"id", "T1"}}},
            {"trigger_id", "1.2.abc"},
            {"container", {{"type", "message"}, {"message_ts", "1700000000.000001"}, {"channel_id", "C1"}}},
            {"channel", {{"id", "C1"}}},
            {"response_url", "https://hooks.slack.com/actions/1"},
            {"actions", json::array{pressed}}};
}

/// The element with that action_id, as Slack sends it back, with its block's id.
json::object found(const json::array& blocks, std::string_view action_id) {
    for (const json::value& block : blocks) {
        const json::value* elements = block.as_object().if_contains("elements");
        if (!elements) continue;
        for (const json::value& each : elements->as_array())
            if (const json::value* id = each.as_object().if_contains("action_id");
                id && id->as_string() == action_id) {
                json::object out = each.as_object();
                out["block_id"] = block.as_object().at("block_id");
                return out;
            }
    }
    FAIL("no element " << action_id);
    return {};
}

json::object chosen(json::object menu, std::string_view value) {
    menu["selected_option"] = json::object{{"value", value}};
    return menu;
}

Interaction pressed(json::object element) {
    return understand_interaction(press_on_message(std::move(element)), acme(), {}, noon);
}

Card card() {
    Card out;
    out.id = "alert:12";
    out.revision = 3;
    out.title = "A champion is waiting";
    out.buttons = {
        {"claim", "I'll reply"},
        {"open", "Open", ButtonStyle::normal, {}, "https://example.org/m/1"},
        {"snooze", "Snooze", ButtonStyle::normal, {{"1 hour", "1h"}, {"Until tomorrow", "tomorrow"}}},
        {"hand_over", "Hand over", ButtonStyle::normal, {{"Ada", "ada"}}},
        {"dismiss", "Not needed", ButtonStyle::normal, {{"it was automated", "automated"}}}};
    return out;
}

json::array card_blocks() {
    return card_message(card()).at("blocks").as_array();
}

/// What Slack tells when that view is submitted with those values.
json::object submitted(const json::object& view, json::object values,
                       std::string_view type = "view_submission") {
    json::object shown = view;
    shown["id"] = "V1";
    shown["hash"] = "1.h";
    shown["root_view_id"] = "V1";
    shown["app_installed_team_id"] = "T1";
    shown["state"] = json::object{{"values", std::move(values)}};
    return {{"type", type},
            {"user", {{"id", "U1"}, {"team_id", "T1"}}},
            {"team", {{"id", "T1"}}},
            {"trigger_id", "1.2.abc"},
            {"view", shown}};
}

Form rule_form() {
    Form form;
    form.id = "rule";
    form.title = "A rule";
    form.submit = "Save";
    form.context = "rule=champion-waits\nmode=\"text\"";
    form.fields = {
        {"name", "Name", FieldKind::text},
        {"when", "Urgency", FieldKind::choice, "", {{"Normal", "normal"}, {"Any", ""}}},
        {"roles", "Roles", FieldKind::choice, "", {{"A", "a"}, {"B", "b"}, {"C", "=c"}}, false, "a", true},
        {"until", "Until", FieldKind::time},
        {"who", "Who", FieldKind::person}};
    return form;
}

const json::object rule_values{
    {"f0:name", {{"v", {{"type", "plain_text_input"}, {"value", nullptr}}}}},
    {"f0:when", {{"v", {{"type", "radio_buttons"}, {"selected_option", {{"value", "="}}}}}}},
    {"f0:roles",
     {{"v",
       {{"type", "multi_static_select"},
        {"selected_options", json::array{{{"value", "a"}}, {{"value", "==c"}}}}}}}},
    {"d0:until", {{"v", {{"type", "datepicker"}, {"selected_date", "2026-11-22"}}}}},
    {"t0:until", {{"v", {{"type", "timepicker"}, {"selected_time", "14:30"}}}}},
    {"f0:who", {{"v", {{"type", "users_select"}, {"selected_user", "U7"}}}}}};

}  // namespace

TEST_CASE("a button of a card comes back as an action with its card and revision") {
    const Interaction got = pressed(found(card_blocks(), "card:claim"));
    REQUIRE(got.meanings.size() == 1);
    const Action& action = std::get<Action>(got.meanings.front());
    CHECK(action.by == AccountKey{"slack", "T1", "U1"});
    CHECK(action.card == "alert:12");
    CHECK(action.button == "claim");
    CHECK(action.values.empty());
    CHECK(action.at == noon);
    CHECK(got.reply.revision == 3);
    CHECK(got.reply.from == Surface::message);
}

TEST_CASE("a menu of a card comes back with its choice") {
    const Interaction got = pressed(chosen(found(card_blocks(), "card:dismiss"), "automated"));
    const Action& action = std::get<Action>(got.meanings.front());
    CHECK(action.card == "alert:12");
    CHECK(action.values.at("choice") == "automated");
    CHECK(got.reply.revision == 3);
}

TEST_CASE("snooze until another time and hand over ask for a form of our own") {
    const Interaction custom = pressed(chosen(found(card_blocks(), "card:snooze"), "custom"));
    const OwnForm& snooze = std::get<OwnForm>(custom.meanings.front());
    CHECK(snooze.kind == OwnForm::Kind::snooze);
    CHECK(snooze.card == "alert:12");
    CHECK(snooze.by.id == "U1");
    const Interaction usual = pressed(chosen(found(card_blocks(), "card:snooze"), "1h"));
    CHECK(std::get<Action>(usual.meanings.front()).values.at("choice") == "1h");
    const Interaction over = pressed(found(card_blocks(), "card:hand_over"));
    CHECK(std::get<OwnForm>(over.meanings.front()).kind == OwnForm::Kind::hand_over);
}

TEST_CASE("not needed for another reason asks which") {
    const Interaction other = pressed(chosen(found(card_blocks(), "card:dismiss"), "other"));
    OwnForm own = std::get<OwnForm>(other.meanings.front());
    CHECK(own.kind == OwnForm::Kind::dismiss);
    CHECK(own.card == "alert:12");
    const Interaction got = understand_interaction(
        submitted(own_form_view(own), {{"f0:reason", {{"v", {{"value", "Lou has met them."}}}}}}), acme(), {},
        noon);
    const Action& dismiss = std::get<Action>(got.meanings.front());
    CHECK(dismiss.button == "dismiss");
    CHECK(dismiss.values ==
          std::map<std::string, std::string>{{"choice", "other"}, {"reason", "Lou has met them."}});
}

TEST_CASE("our own forms come back as the action that the menu would have been") {
    OwnForm own;
    own.card = "alert:12";
    own.revision = 3;
    const json::object view = own_form_view(own, "C1 1.2", "2026-11-23", "09:00");
    const Interaction got =
        understand_interaction(submitted(view, {{"d0:choice", {{"v", {{"selected_date", "2026-11-24"}}}}},
                                                {"t0:choice", {{"v", {{"selected_time", "08:15"}}}}}}),
                               acme(), {}, noon);
    const Action& snooze = std::get<Action>(got.meanings.front());
    CHECK(snooze.card == "alert:12");
    CHECK(snooze.button == "snooze");
    CHECK(snooze.values.at("choice") == "2026-11-24 08:15");
    CHECK(got.reply.extra == "C1 1.2");
    CHECK(got.reply.revision == 3);

    own.kind = OwnForm::Kind::hand_over;
    Lookups lookups;
    lookups.home = [](const Id& user) { return user == "U9" ? "E5" : ""; };
    const Interaction handed = understand_interaction(
        submitted(own_form_view(own), {{"f0:choice", {{"v", {{"selected_user", "U9"}}}}},
                                       {"f0:brief", {{"v", {{"value", "She knows you."}}}}}}),
        acme(), lookups, noon);
    const Action& over = std::get<Action>(handed.meanings.front());
    CHECK(over.button == "hand_over");
    CHECK(over.values ==
          std::map<std::string, std::string>{{"choice", "slack:E5:U9"}, {"brief", "She knows you."}});
}

TEST_CASE("links are acknowledged and nothing comes of them") {
    const Interaction got = pressed(found(card_blocks(), "link:open"));
    CHECK(std::holds_alternative<Ignored>(got.meanings.front()));
}

TEST_CASE("the same payload has the same id, another press another one, and two in one payload differ") {
    const json::object claim = found(card_blocks(), "card:claim");
    const std::string once = std::get<Action>(pressed(claim).meanings.front()).id;
    CHECK(once == std::get<Action>(pressed(claim).meanings.front()).id);
    json::object later = press_on_message(claim);
    later["trigger_id"] = "1.3.abd";
    CHECK(once != std::get<Action>(understand_interaction(later, acme(), {}, noon).meanings.front()).id);
    json::object both = press_on_message(claim);
    json::array& actions = both.at("actions").as_array();
    actions.push_back(actions.front());
    const Interaction two = understand_interaction(both, acme(), {}, noon);
    REQUIRE(two.meanings.size() == 2);
    CHECK(std::get<Action>(two.meanings[0]).id != std::get<Action>(two.meanings[1]).id);
}

TEST_CASE("a submitted form comes back whole, with its context") {
    const Interaction got =
        understand_interaction(submitted(form_view(rule_form()), rule_values), acme(), {}, noon);
    const Ask& ask = std::get<Ask>(got.meanings.front());
    CHECK(ask.kind == Ask::Kind::form);
    CHECK(ask.name == "rule");
    CHECK(ask.values ==
          std::map<std::string, std::string>{{"name", ""},
                                             {"when", ""},
                                             {"roles", "a,=c"},
                                             {"until", "2026-11-22 14:30"},
                                             {"who", "slack:T1:U7"},
                                             {"context", "rule=champion-waits\nmode=\"text\""}});
    CHECK(got.reply.fields.size() == 6);

    Form form = rule_form();
    form.card = "alert:7";
    const Interaction card_form = understand_interaction(
        submitted(form_view(form, {FormFor::card, 0, ""}), rule_values), acme(), {}, noon);
    const Action& action = std::get<Action>(card_form.meanings.front());
    CHECK(action.card == "alert:7");
    CHECK(action.button == "rule");
    CHECK(action.values.at("roles") == "a,=c");
}

TEST_CASE("a field that asks again and a button of a form bring the values as they stand") {
    Form form = rule_form();
    form.fields[1].asks_again = true;
    form.buttons = {{"try", "Try it on history"}};
    const json::object view = form_view(form);
    json::object payload = submitted(view, rule_values, "block_actions");
    payload["actions"] =
        json::array{{{"action_id", "field:when"}, {"block_id", "f0:when"}, {"type", "radio_buttons"}}};
    const Interaction again = understand_interaction(payload, acme(), {}, noon);
    const Ask& changed = std::get<Ask>(again.meanings.front());
    CHECK(changed.kind == Ask::Kind::changed);
    CHECK(changed.name == "rule");
    CHECK(changed.values.at("until") == "2026-11-22 14:30");

    json::object button = found(view.at("blocks").as_array(), "ask:try");
    payload["actions"] = json::array{button};
    const Interaction tried = understand_interaction(payload, acme(), {}, noon);
    const Ask& ask = std::get<Ask>(tried.meanings.front());
    CHECK(ask.kind == Ask::Kind::button);
    CHECK(ask.name == "try");
    CHECK(ask.values.at("context") == form.context);
    CHECK_FALSE(ask.values.contains("choice"));
}

TEST_CASE("edge case 36: a presser is kept under the realm of their own team") {
    Installation organisation;
    organisation.enterprise = "E1";
    organisation.whole_organisation = true;
    json::object payload = press_on_message(found(card_blocks(), "card:claim"));
    payload["team"] = nullptr;
    payload["enterprise"] = json::object{{"id", "E1"}};
    const auto by = [&](const Installation& in) {
        return std::get<Action>(understand_interaction(payload, in, {}, noon).meanings.front()).by;
    };
    CHECK(by(organisation).realm == "E1");
    payload["enterprise"] = json::object{{"id", "E2"}};
    CHECK(by(organisation).realm == "T1");
    payload["user"] = json::object{{"id", "U1"}, {"team_id", "T9"}};
    CHECK(by(acme()).realm == "T9");
    payload["user"] = "U1";
    payload["team"] = json::object{{"id", "T1"}};
    CHECK(by(acme()) == AccountKey{"slack", "T1", "U1"});
}

TEST_CASE("edge case 37: the loading view is tiny and everything to say sorry with is at hand") {
    CHECK(json::serialize(loading_view("A rule")).size() < 600);
    const Interaction got = pressed(found(card_blocks(), "card:hand_over"));
    CHECK(got.reply.trigger == "1.2.abc");
    CHECK(got.reply.response_url == "https://hooks.slack.com/actions/1");
}

TEST_CASE("edge case 38: a submission is answered with nothing or with a response_action that Slack knows") {
    const Interaction got =
        understand_interaction(submitted(form_view(rule_form()), rule_values), acme(), {}, noon);
    CHECK_FALSE(submission_ack(Answer{}, got.reply));
    CHECK_FALSE(submission_ack(FormErrors{}, got.reply));

    const auto wrong = submission_ack(
        FormErrors{{"until", "That is over."}, {"roles", "Choose one."}, {"gone", "Hm."}}, got.reply);
    REQUIRE(wrong);
    CHECK(*wrong ==
          json::object{
              {"response_action", "errors"},
              {"errors", {{"f0:roles", "Choose one."}, {"d0:until", "That is over."}, {"f0:name", "Hm."}}}});

    Page page;
    page.title = "Saved";
    const auto shown = submission_ack(page, got.reply);
    REQUIRE(shown);
    CHECK(shown->at("response_action") == "update");
    CHECK(test::complaints_about_view(shown->at("view").as_object()).empty());

    const auto next = submission_ack(rule_form(), got.reply);
    CHECK(json::serialize(*next).find("f1:name") != std::string::npos);
    CHECK(clear_ack() == json::object{{"response_action", "clear"}});
    CHECK(push_ack(loading_view("x")).at("response_action") == "push");

    const auto nowhere = submission_ack(FormErrors{{"name", "No."}}, Reply{});
    CHECK(nowhere->at("response_action") == "update");
}

TEST_CASE("runner-up: option values over 150 and texts over 75 code points") {
    Form form = rule_form();
    form.fields[1].options = {{std::string(200, 'x'), "short"}, {"Long", std::string(151, 'v')}};
    const json::object view = form_view(form);
    CHECK(test::complaints_about_view(view).empty());
    CHECK_THAT(json::serialize(view), ContainsSubstring("1 more have no room here"));
}

TEST_CASE("a text that is too long for Slack's input is shown to read, never half of it to submit") {
    Form form = rule_form();
    form.fields[0].value = std::string(3500, 'x');
    const std::string view = json::serialize(form_view(form));
    CHECK(view.find("f0:name") == std::string::npos);
    CHECK_THAT(view, ContainsSubstring("3,500 characters are more than Slack lets you edit here"));
}

TEST_CASE("words: mentions, channels, links and escapes as a person would say them") {
    Lookups lookups;
    lookups.home = [](const Id& user) { return user == "U2" ? "T2" : ""; };
    const auto words = [&](std::string_view text) { return words_of(text, acme(), lookups); };
    CHECK(words("who <@U1|dana>") == "who @slack:T1:U1");
    CHECK(words("who <@U2>?") == "who @slack:T2:U2?");
    CHECK(words("in <#C1|general> or <#C2|>") == "in #general or #C2");
    CHECK(words("<!subteam^S1|@support> <!here> <!date^1^{date}|then>") == "@support @here then");
    CHECK(words("<https://example.org/?a=1&amp;b=2|site> <mailto:a@b.example|a@b.example>") ==
          "https://example.org/?a=1&b=2 a@b.example");
    CHECK(words("a &lt;b&gt; &amp;amp; c < d") == "a <b> &amp; c < d");
    CHECK(account_of("slack:T1:U1") == AccountKey{"slack", "T1", "U1"});
    CHECK_FALSE(account_of("web:T1:U1"));
    CHECK_FALSE(account_of("slack:T1:"));
}

TEST_CASE("payloads that hold nonsense are ignored in words") {
    for (const json::object& payload :
         {json::object{}, json::object{{"type", 7}}, json::object{{"type", "block_actions"}, {"user", "U1"}},
          json::object{{"type", "block_actions"},
                       {"user", "U1"},
                       {"actions", json::array{nullptr, 3, json::object{}}}},
          json::object{{"type", "view_submission"}, {"user", "U1"}, {"view", json::array{}}},
          json::object{{"type", "new_thing"}, {"user", "U1"}}}) {
        const Interaction got = understand_interaction(payload, acme(), {}, noon);
        REQUIRE(got.meanings.size() == 1);
        CHECK_FALSE(std::get<Ignored>(got.meanings.front()).why.empty());
    }
}

}  // namespace rapport::slack
