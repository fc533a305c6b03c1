// Each limit of Block Kit: at it, and one past it (docs.slack.dev, Block Kit reference).
#include <functional>

#include <boost/json/parse.hpp>

#include "doubles/slack/block_rules.hpp"
#include "support/catch.hpp"

namespace rapport::test::slack {
namespace {

namespace json = boost::json;
using json::array;
using json::object;

std::string word(std::size_t length) {
    return std::string(length, 'w');
}
object plain(std::size_t length) {
    return {{"type", "plain_text"}, {"text", word(length)}};
}
object mrkdwn(std::size_t length) {
    return {{"type", "mrkdwn"}, {"text", word(length)}};
}
object option(std::size_t text = 3, std::size_t value = 3) {
    return {{"text", plain(text)}, {"value", word(value)}};
}
array options(std::size_t count) {
    array list;
    for (std::size_t i = 0; i < count; ++i) list.push_back(option());
    return list;
}
object element(const char* type, object also) {
    object result{{"type", type}, {"action_id", "a"}};
    for (auto& [name, value] : also) result[name] = value;
    return result;
}
object button(object also = {}) {
    object result = element("button", {{"text", plain(3)}});
    for (auto& [name, value] : also) result[name] = value;
    return result;
}
object actions(object one) {
    return {{"type", "actions"}, {"elements", array{std::move(one)}}};
}
object section_with(object accessory) {
    return {{"type", "section"}, {"text", plain(1)}, {"accessory", std::move(accessory)}};
}
object input(object one, object also = {}) {
    object result{{"type", "input"}, {"label", plain(3)}, {"element", std::move(one)}};
    for (auto& [name, value] : also) result[name] = value;
    return result;
}
object modal(array blocks, object also = {}) {
    object result{
        {"type", "modal"}, {"title", plain(3)}, {"submit", plain(2)}, {"blocks", std::move(blocks)}};
    for (auto& [name, value] : also) result[name] = value;
    return result;
}
object confirm(std::size_t title, std::size_t text, std::size_t yes, std::size_t no) {
    return {{"title", plain(title)}, {"text", plain(text)}, {"confirm", plain(yes)}, {"deny", plain(no)}};
}
array repeated(std::size_t count, const std::function<object(std::size_t)>& make) {
    array list;
    for (std::size_t i = 0; i < count; ++i) list.push_back(make(i));
    return list;
}
object numbered_button(std::size_t i) {
    return button({{"action_id", std::to_string(i)}});
}
object divider(std::size_t) {
    return {{"type", "divider"}};
}

/// What goes into a message and into a view at a given size.
struct Limit {
    const char* name;
    std::size_t most;
    bool view;
    std::function<json::value(std::size_t)> make;  ///< A block (or the whole list, or the whole view).
};

std::vector<Limit> message_limits() {
    return {
        {"blocks in a message", 50, false, [](std::size_t n) { return json::value(repeated(n, divider)); }},
        {"section.text", 3000, false,
         [](std::size_t n) { return object{{"type", "section"}, {"text", mrkdwn(n)}}; }},
        {"section.fields", 10, false,
         [](std::size_t n) {
             return object{{"type", "section"},
                           {"fields", repeated(n, [](std::size_t) { return mrkdwn(2); })}};
         }},
        {"a field", 2000, false,
         [](std::size_t n) { return object{{"type", "section"}, {"fields", array{plain(n)}}}; }},
        {"header", 150, false, [](std::size_t n) { return object{{"type", "header"}, {"text", plain(n)}}; }},
        {"elements of actions", 25, false,
         [](std::size_t n) {
             return object{{"type", "actions"}, {"elements", repeated(n, numbered_button)}};
         }},
        {"elements of context", 10, false,
         [](std::size_t n) {
             return object{{"type", "context"},
                           {"elements", repeated(n, [](std::size_t) { return mrkdwn(2); })}};
         }},
        {"button text", 75, false, [](std::size_t n) { return actions(button({{"text", plain(n)}})); }},
        {"button value", 2000, false, [](std::size_t n) { return actions(button({{"value", word(n)}})); }},
        {"button url", 3000, false, [](std::size_t n) { return actions(button({{"url", word(n)}})); }},
        {"action_id", 255, false, [](std::size_t n) { return actions(button({{"action_id", word(n)}})); }},
        {"block_id", 255, false,
         [](std::size_t n) { return object{{"type", "divider"}, {"block_id", word(n)}}; }},
        {"placeholder", 150, false,
         [](std::size_t n) { return actions(element("users_select", {{"placeholder", plain(n)}})); }},
        {"option text", 75, false,
         [](std::size_t n) { return actions(element("static_select", {{"options", array{option(n)}}})); }},
        {"option value", 150, false,
         [](std::size_t n) { return actions(element("static_select", {{"options", array{option(3, n)}}})); }},
        {"option description", 75, false,
         [](std::size_t n) {
             object one = option();
             one["description"] = plain(n);
             return actions(element("static_select", {{"options", array{one}}}));
         }},
        {"options", 100, false,
         [](std::size_t n) { return actions(element("static_select", {{"options", options(n)}})); }},
        {"option groups", 100, false,
         [](std::size_t n) {
             array groups = repeated(
                 n, [](std::size_t) { return object{{"label", plain(3)}, {"options", options(1)}}; });
             return actions(element("static_select", {{"option_groups", groups}}));
         }},
        {"radio buttons", 10, false,
         [](std::size_t n) { return section_with(element("radio_buttons", {{"options", options(n)}})); }},
        {"checkboxes", 10, false,
         [](std::size_t n) { return section_with(element("checkboxes", {{"options", options(n)}})); }},
        {"overflow", 5, false,
         [](std::size_t n) { return actions(element("overflow", {{"options", options(n)}})); }},
        {"confirm title", 100, false,
         [](std::size_t n) { return actions(button({{"confirm", confirm(n, 3, 3, 3)}})); }},
        {"confirm text", 300, false,
         [](std::size_t n) { return actions(button({{"confirm", confirm(3, n, 3, 3)}})); }},
        {"confirm yes", 30, false,
         [](std::size_t n) { return actions(button({{"confirm", confirm(3, 3, n, 3)}})); }},
        {"confirm no", 30, false,
         [](std::size_t n) { return actions(button({{"confirm", confirm(3, 3, 3, n)}})); }},
        {"image alt_text", 2000, false,
         [](std::size_t n) {
             return object{
                 {"type", "image"}, {"image_url", "https://e.example/a.png"}, {"alt_text", word(n)}};
         }},
        {"markdown", 12'000, false,
         [](std::size_t n) { return object{{"type", "markdown"}, {"text", word(n)}}; }},
    };
}

std::vector<Limit> view_limits() {
    const auto text_input = [](object also) { return element("plain_text_input", std::move(also)); };
    return {
        {"blocks in a modal", 100, true, [](std::size_t n) { return modal(repeated(n, divider)); }},
        {"blocks in a Home", 100, true,
         [](std::size_t n) { return object{{"type", "home"}, {"blocks", repeated(n, divider)}}; }},
        {"private_metadata", 3000, true,
         [](std::size_t n) { return modal({}, {{"private_metadata", word(n)}}); }},
        {"callback_id", 255, true, [](std::size_t n) { return modal({}, {{"callback_id", word(n)}}); }},
        {"external_id", 255, true, [](std::size_t n) { return modal({}, {{"external_id", word(n)}}); }},
        {"title", 24, true, [](std::size_t n) { return modal({}, {{"title", plain(n)}}); }},
        {"submit", 24, true, [](std::size_t n) { return modal({}, {{"submit", plain(n)}}); }},
        {"close", 24, true, [](std::size_t n) { return modal({}, {{"close", plain(n)}}); }},
        {"input label", 2000, true,
         [=](std::size_t n) { return modal({input(text_input({}), {{"label", plain(n)}})}); }},
        {"input hint", 2000, true,
         [=](std::size_t n) { return modal({input(text_input({}), {{"hint", plain(n)}})}); }},
        {"max_length", 3000, true,
         [=](std::size_t n) {
             return modal({input(text_input({{"max_length", static_cast<std::int64_t>(n)}}))});
         }},
    };
}

Complaints wrong_with(const Limit& limit, std::size_t size) {
    const json::value made = limit.make(size);
    if (limit.view) return check_view(made);
    return check_blocks(made.is_array() ? made : json::value(array{made}), Surface::message, "/blocks");
}

void check(const Limit& limit) {
    INFO(limit.name);
    CHECK(wrong_with(limit, limit.most) == Complaints{});
    const Complaints past = wrong_with(limit, limit.most + 1);
    REQUIRE(past.size() == 1);
    CHECK(past[0].find("[json-pointer:/") != std::string::npos);
    const bool can_be_empty = std::string_view{limit.name}.find("_metadata") != std::string_view::npos ||
                              std::string_view{limit.name}.ends_with("back_id") ||
                              std::string_view{limit.name}.starts_with("external") ||
                              std::string_view{limit.name}.starts_with("blocks");
    if (!can_be_empty) CHECK_FALSE(wrong_with(limit, 0).empty());
}

TEST_CASE("each limit of messages holds at it and refuses one past it and nothing at all") {
    for (const Limit& limit : message_limits()) check(limit);
}

TEST_CASE("each limit of views holds at it and refuses one past it and nothing at all") {
    for (const Limit& limit : view_limits()) check(limit);
}

TEST_CASE("limits count code points and not bytes") {
    std::string umlauts;
    for (int i = 0; i < 75; ++i) umlauts += "\xC3\xBC";
    const object text{{"type", "plain_text"}, {"text", umlauts}};
    CHECK(check_blocks(array{actions(button({{"text", text}}))}, Surface::message, "/blocks").empty());
}

TEST_CASE("all markdown blocks share 12,000 characters") {
    const object half{{"type", "markdown"}, {"text", word(6'000)}};
    CHECK(check_blocks(array{half, half}, Surface::message, "/blocks").empty());
    CHECK(check_blocks(array{half, half, half}, Surface::message, "/blocks").size() == 1);
}

TEST_CASE("a view of more than 250 KB is refused") {
    const auto big = [](std::size_t length) {
        return modal(
            repeated(84, [&](std::size_t) { return object{{"type", "section"}, {"text", plain(length)}}; }));
    };
    CHECK(check_view(big(2'900)).empty());
    CHECK(check_view(big(3'000)).size() == 1);
}

TEST_CASE("what Block Kit does not know or allow is refused with its place") {
    const auto pointer_of = [](const object& block, Surface surface = Surface::message) {
        const Complaints found = check_blocks(array{block}, surface, "/blocks");
        return found.empty() ? std::string{} : found.front();
    };
    CHECK_THAT(pointer_of({{"type", "shiny"}}),
               ContainsSubstring("unsupported type: shiny [json-pointer:/blocks/0/type]"));
    CHECK_THAT(pointer_of({{"type", "markdown"}, {"text", "x"}}, Surface::modal),
               ContainsSubstring("unsupported"));
    CHECK_THAT(pointer_of(actions(element("plain_text_input", {}))),
               ContainsSubstring("/blocks/0/elements/0/type"));
    CHECK_THAT(pointer_of(actions(element("multi_users_select", {}))), ContainsSubstring("unsupported"));
    CHECK_THAT(pointer_of({{"type", "header"}, {"text", mrkdwn(3)}}), ContainsSubstring("plain_text"));
    CHECK_THAT(pointer_of(actions(button({{"text", mrkdwn(3)}}))), ContainsSubstring("plain_text"));
    CHECK_THAT(pointer_of(actions(button({{"style", "loud"}}))), ContainsSubstring("enum"));
    CHECK_THAT(pointer_of(actions(element("static_select", {{"options", array{}}}))),
               ContainsSubstring("no less than 1"));
    CHECK_THAT(pointer_of({{"type", "section"}}), ContainsSubstring("text or fields"));
    CHECK_THAT(pointer_of(actions(
                   element("static_select", {{"options", options(2)}, {"initial_option", option(9)}}))),
               ContainsSubstring("must be one of the options"));
}

TEST_CASE("ids are unique: block_id in a message, action_id in a block") {
    const object named{{"type", "divider"}, {"block_id", "one"}};
    CHECK(check_blocks(array{named, named}, Surface::message, "/blocks").size() == 1);
    const object twice{{"type", "actions"}, {"elements", array{button(), button()}}};
    CHECK(check_blocks(array{twice}, Surface::message, "/blocks").size() == 1);
    CHECK(check_blocks(array{actions(button()), actions(button())}, Surface::message, "/blocks").empty());
}

TEST_CASE("a modal with an input needs a submit button and a Home has none") {
    object asking = modal({input(element("plain_text_input", {}))});
    CHECK(check_view(asking).empty());
    asking.erase("submit");
    CHECK(check_view(asking).size() == 1);
    CHECK(check_view(object{{"type", "home"}, {"blocks", array{}}, {"title", plain(3)}}).size() == 1);
}

}  // namespace
}  // namespace rapport::test::slack
