#include "adapters/slack/check/tokens.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

namespace rapport::slack {

namespace {

constexpr std::string_view bot_place =
    "It is at api.slack.com/apps, your app, \"OAuth & Permissions\", \"Bot User OAuth Token\", and begins "
    "with "
    "xoxb-.";
constexpr std::string_view app_place =
    "Generate it at api.slack.com/apps, your app, \"Basic Information\", \"App-Level Tokens\", with the "
    "scope "
    "connections:write. It begins with xapp-.";
constexpr std::string_view secret_place =
    "It is at api.slack.com/apps, your app, \"Basic Information\", \"App Credentials\", \"Signing Secret\": "
    "32 "
    "digits and letters.";

constexpr std::size_t shortest = 12;

Finding wrong(std::string words, std::string_view to_do) {
    return {Verdict::problem, std::move(words), std::string{to_do}};
}

/// What is wrong with any secret, whatever it is for.
std::optional<Finding> spoilt(const Secret& secret, std::string_view place) {
    if (secret.value.empty()) return wrong(secret.variable + " is not set.", place);
    const auto stray = [](unsigned char c) {
        return c <= ' ' || c >= 0x7f || c == '"' || c == '\'' || c == '`' || c == '<' || c == '>';
    };
    if (std::none_of(secret.value.begin(), secret.value.end(), stray)) return std::nullopt;
    return wrong(
        fmt::format("{} holds more than the token: a blank, a line break or a quotation mark came along.",
                    secret.variable),
        "Copy it again and set it without anything around it.");
}

/// What a token that is not of the wanted kind is, from how it begins (docs.slack.dev, "Tokens").
std::string_view kind_of(std::string_view token) {
    if (token.starts_with("xoxb-")) return "a bot token";
    if (token.starts_with("xapp-")) return "an app-level token";
    if (token.starts_with("xoxp-")) return "a person's token";
    if (token.starts_with("xoxe.")) return "a token that changes every 12 hours";
    if (token.starts_with("xoxe-")) return "a refresh token";
    if (token.starts_with("xoxc-") || token.starts_with("xoxs-")) return "a token of somebody's browser";
    return "something else";
}

Finding look_at_token(const Secret& token, std::string_view prefix, std::string_view what,
                      std::string_view place) {
    if (std::optional<Finding> finding = spoilt(token, place)) return *finding;
    if (!token.value.starts_with(prefix)) {
        std::string to_do{place};
        if (token.value.starts_with("xoxe."))
            to_do =
                "Switch token rotation off at api.slack.com/apps, your app, \"OAuth & Permissions\", or "
                "install "
                "the app through Rapport (slack.oauth in rapport.yaml), which renews such tokens.";
        return wrong(
            fmt::format("{} should hold {}, but holds {}.", token.variable, what, kind_of(token.value)),
            to_do);
    }
    if (token.value.size() < shortest)
        return wrong(fmt::format("{} is cut short.", token.variable), "Copy all of it again.");
    return {Verdict::ok, fmt::format("{} is set and looks like {}.", token.variable, what)};
}

}  // namespace

Finding look_at_bot_token(const Secret& token) {
    return look_at_token(token, "xoxb-", "a bot token", bot_place);
}

Finding look_at_app_token(const Secret& token) {
    return look_at_token(token, "xapp-", "an app-level token", app_place);
}

Finding look_at_signing_secret(const Secret& secret) {
    if (std::optional<Finding> finding = spoilt(secret, secret_place)) return *finding;
    const bool hex = std::all_of(secret.value.begin(), secret.value.end(),
                                 [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
    if (!hex || secret.value.size() != 32)
        return wrong(secret.variable + " does not look like a signing secret.", secret_place);
    return {Verdict::ok, secret.variable + " is set and looks like a signing secret."};
}

}  // namespace rapport::slack
