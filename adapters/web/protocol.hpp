#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/event.hpp"
#include "adapters/net/error.hpp"
#include "adapters/web/letters.hpp"
#include "adapters/web/web.hpp"

// The frames between the pages and the adapter: JSON objects with a "type", one a WebSocket message. Pure: no
// I/O.

namespace rapport::web {

// -------------------------------------------------------------------------------- from the browser, on
// /ws/chat

/// What the site says of somebody who is signed in there (vouch.hpp); empty: nothing.
struct Vouch {
    std::string email{};
    std::string until{};  ///< Seconds since 1970.
    std::string proof{};
};
/// The first frame. `after`: the last message that the page has.
struct ChatHello {
    std::string secret{};
    std::string name{};
    std::string after{};
    Vouch vouch{};
};
/// A message, from a visitor or (with `channel`) from the desk.
struct Say {
    std::string id{};  ///< Made by the browser; the same again is the same message.
    std::string text{};
    std::string channel{};   ///< Desk only: the visitor's id.
    std::string reply_to{};  ///< Desk only: the message that it answers, or empty.
    bool as_brand = false;   ///< Desk only.
};
struct Rename {
    std::string name{};
};
using ChatFrame = std::variant<ChatHello, Say, Rename>;

// -------------------------------------------------------------------------------- from the browser, on
// /ws/desk

struct DeskHello {
    std::string token{};
};
/// Who sits there: a name of the roster.
struct IAm {
    std::string name{};
};
struct Press {
    std::string id{};
    std::string card{};
    std::string button{};
    std::map<std::string, std::string> values{};
};
/// Asks the office: a press of a letter's or page's button, or a form of the office's that was filled in.
struct AskOffice {
    std::string id{};
    bool is_form = false;
    std::string name{};  ///< Button::id or Form::id.
    std::map<std::string, std::string> values{};
};
/// Wants a letter's picture.
struct WantPicture {
    std::string letter{};
};
/// Has read a letter.
struct Dismiss {
    std::string letter{};
};
/// Wants to see a conversation, from after that message on, and to hear what is said there from now on.
struct Open {
    std::string channel{};
    std::string after{};
};
/// No longer wants to hear a conversation.
struct Leave {};
using DeskFrame = std::variant<DeskHello, IAm, Press, AskOffice, WantPicture, Dismiss, Open, Leave, Say>;

/// Errors (kind `rejected`) mean that this did not come from our page.
Result<ChatFrame> decode_chat(std::string_view json);
Result<DeskFrame> decode_desk(std::string_view json);

// -------------------------------------------------------------------------------- to the browser

/// A card with what the desk needs beside it.
struct ShownCard {
    Card card{};
    bool mine = false;        ///< Addressed to this staffer, not just to the team.
    std::uint64_t order = 0;  ///< Grows with each new card.
};

std::string encode_welcome(const Config& config, std::string_view visitor, std::string_view name,
                           const std::vector<Line>& lines, bool whole);
std::string encode_line(std::string_view visitor, const Line& line);
std::string encode_sent(std::string_view id, Time at);
std::string encode_pressed(std::string_view id);
/// What could not be done, in words for a person. `again_in` not zero: the page tries again by itself after
/// it.
std::string encode_refused(std::string_view id, std::string_view words,
                           std::chrono::milliseconds again_in = {});
std::string encode_trouble(std::string_view words);
std::string encode_roster(const Config& config);
std::string encode_desk(const RosterEntry& me, const std::string& realm, const std::vector<ShownCard>& cards,
                        const std::vector<ConversationSummary>& conversations);
std::string encode_card(const ShownCard& shown, const std::string& realm, bool notify);
/// `for_office`: what is filled in comes back as AskOffice, else as Press.
std::string encode_form(const Form& form, bool for_office = false);
std::string encode_notice(const Notice& notice);
/// What lies on the desk, the oldest first; each follows as a letter.
std::string encode_letters(const std::vector<std::string>& ids);
/// Without its picture, which the page asks for.
std::string encode_letter(const KeptLetter& letter, bool notify);
std::string encode_picture(const KeptLetter& letter);
std::string encode_dismissed(std::string_view letter);
/// The office has answered this ask; the answer itself came before.
std::string encode_asked(std::string_view id);
std::string encode_page(const Page& page);
std::string encode_form_errors(const std::map<std::string, std::string>& errors);
std::string encode_transcript(std::string_view visitor, const std::vector<Line>& lines, bool whole);
std::string encode_conversation(const ConversationSummary& summary);

}  // namespace rapport::web
