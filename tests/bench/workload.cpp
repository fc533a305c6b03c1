#include "bench/workload.hpp"

#include <fmt/format.h>

#include <array>

namespace rapport::bench {

namespace {

constexpr std::size_t repeatable = 256;

// A community of people who build things; with quotes, slashes and letters beyond ASCII, which a parser must
// decode.
constexpr std::array<std::string_view, 112> words{"the",
                                                  "a",
                                                  "we",
                                                  "you",
                                                  "it",
                                                  "is",
                                                  "are",
                                                  "was",
                                                  "have",
                                                  "with",
                                                  "for",
                                                  "from",
                                                  "into",
                                                  "after",
                                                  "before",
                                                  "when",
                                                  "how",
                                                  "why",
                                                  "can",
                                                  "should",
                                                  "does",
                                                  "build",
                                                  "release",
                                                  "branch",
                                                  "install",
                                                  "upgrade",
                                                  "config",
                                                  "file",
                                                  "folder",
                                                  "thread",
                                                  "socket",
                                                  "queue",
                                                  "worker",
                                                  "index",
                                                  "table",
                                                  "query",
                                                  "cache",
                                                  "memory",
                                                  "latency",
                                                  "timeout",
                                                  "retry",
                                                  "backup",
                                                  "restore",
                                                  "schema",
                                                  "migration",
                                                  "client",
                                                  "server",
                                                  "token",
                                                  "session",
                                                  "webhook",
                                                  "plugin",
                                                  "adapter",
                                                  "pipeline",
                                                  "metrics",
                                                  "dashboard",
                                                  "alert",
                                                  "report",
                                                  "export",
                                                  "import",
                                                  "script",
                                                  "example",
                                                  "docs",
                                                  "tutorial",
                                                  "version",
                                                  "2.0",
                                                  "3.1",
                                                  "nightly",
                                                  "stable",
                                                  "beta",
                                                  "works",
                                                  "fails",
                                                  "hangs",
                                                  "crashes",
                                                  "thanks",
                                                  "great",
                                                  "nice",
                                                  "maybe",
                                                  "already",
                                                  "again",
                                                  "still",
                                                  "never",
                                                  "always",
                                                  "today",
                                                  "yesterday",
                                                  "tomorrow",
                                                  "weekend",
                                                  "team",
                                                  "people",
                                                  "customer",
                                                  "invoice",
                                                  "pricing",
                                                  "trial",
                                                  "caf\xc3\xa9",
                                                  "na\xc3\xafve",
                                                  "\xc3\xbc"
                                                  "ber",
                                                  "and/or",
                                                  "src/main",
                                                  "\"latest\"",
                                                  "\"slow\"",
                                                  "one",
                                                  "two",
                                                  "several",
                                                  "some",
                                                  "most",
                                                  "first",
                                                  "last",
                                                  "small",
                                                  "large",
                                                  "quick",
                                                  "quiet",
                                                  "really",
                                                  "just"};

std::uint32_t two_byte(char lead, char next) {
    return (std::uint32_t(lead) & 0x1fU) << 6 | (std::uint32_t(next) & 0x3fU);
}

/// As a platform does that keeps its JSON in ASCII and escapes slashes.
void write_escaped(std::string& out, std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"' || c == '\\' || c == '/') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if ((c & 0x80) != 0 && i + 1 < text.size()) {
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", two_byte(c, text[++i]));
        } else {
            out += c;
        }
    }
}

}  // namespace

Workload::Workload(Mix mix) : mix_(mix), random_(mix.seed), thread_of_(mix.channels) {}

double Workload::chance() {
    return double(random_() >> 11) * 0x1p-53;
}

std::uint32_t Workload::below(std::uint32_t limit) {
    return std::uint32_t((random_() >> 32) * limit >> 32);
}

void Workload::write_text(std::string& text) {
    text.clear();
    const std::uint32_t sentences = 1 + below(3);
    for (std::uint32_t sentence = 0; sentence < sentences; ++sentence) {
        if (sentence > 0) text += below(4) == 0 ? "\n" : " ";
        const std::uint32_t length = 4 + below(14);
        for (std::uint32_t i = 0; i < length; ++i) {
            if (i > 0) text += ' ';
            text += words[below(words.size())];
        }
        text += below(4) == 0 ? '?' : '.';
    }
}

const Post& Workload::next() {
    if (!sent_.empty() && chance() < mix_.duplicates) {
        post_ = sent_[below(std::uint32_t(sent_.size()))];
        return post_;
    }
    const auto at = std::chrono::sys_time<std::chrono::microseconds>{mix_.from} + mix_.step * ++count_;
    const std::int64_t micros = at.time_since_epoch().count();
    const std::uint32_t channel = below(mix_.channels);
    post_.id = fmt::format("{}.{:06}", micros / 1'000'000, micros % 1'000'000);
    post_.at = std::chrono::floor<std::chrono::milliseconds>(at);
    post_.channel = fmt::format("C0{:08X}", channel);
    post_.author = fmt::format("U0{:08X}", below(mix_.persons));
    post_.thread.clear();
    write_text(post_.text);
    if (chance() < mix_.alerts) {
        post_.author = fmt::format("U1{:08X}", newcomers_++);
        post_.text += "\nHelp, ";
        post_.text += alarm_text;
        post_.text += "!";
    } else if (!thread_of_[channel].empty() && chance() < mix_.threads) {
        post_.thread = thread_of_[channel];
    }
    if (below(4) == 0) thread_of_[channel] = post_.id;
    if (sent_.size() >= repeatable) sent_.pop_front();
    sent_.push_back(post_);
    return post_;
}

void write_envelope(std::string& out, const Post& post, std::uint64_t number) {
    const auto to = std::back_inserter(out);
    fmt::format_to(
        to,
        R"({{"envelope_id":"{:08x}-3f5a-4c1d-9b7e-{:012x}","payload":{{"token":"b3NkZmprc2Rmamtz",)"
        R"("team_id":"T0HOME0001","context_team_id":"T0HOME0001","context_enterprise_id":null,)"
        R"("api_app_id":"A0RAPPORT1","event":{{"user":"{}","type":"message","ts":"{}",)"
        R"("client_msg_id":"{:08x}-77aa-4e0b-8c11-{:012x}","text":")",
        std::uint32_t(number), number * 2654435761U, post.author, post.id, std::uint32_t(~number),
        number * 40503U);
    write_escaped(out, post.text);
    fmt::format_to(to,
                   R"(","team":"T0HOME0001","blocks":[{{"type":"rich_text","block_id":"{:x}","elements":[)"
                   R"({{"type":"rich_text_section","elements":[{{"type":"text","text":")",
                   number);
    write_escaped(out, post.text);
    out += R"("}]}]}],)";
    if (!post.thread.empty())
        fmt::format_to(to, R"("thread_ts":"{}","parent_user_id":"U000000000",)", post.thread);
    fmt::format_to(
        to,
        R"("channel":"{}","event_ts":"{}","channel_type":"channel"}},"type":"event_callback",)"
        R"("event_id":"Ev{:010X}","event_time":{},"authorizations":[{{"enterprise_id":null,)"
        R"("team_id":"T0HOME0001","user_id":"U0RAPPORT1","is_bot":true,"is_enterprise_install":false}}],)"
        R"("is_ext_shared_channel":false,"event_context":"4-eyJldCI6Im1lc3NhZ2UiLCJ0aWQiOiJUMEhPTUUwMDAx)"
        R"(IiwiYWlkIjoiQTBSQVBQT1JUMSIsImNpZCI6IkMwMDAwMDAwMDAifQ"}},"type":"events_api",)"
        R"("accepts_response_payload":false,"retry_attempt":0,"retry_reason":""}})",
        post.channel, post.id, number, post.at.time_since_epoch().count() / 1000);
}

Event to_event(const Post& post) {
    MessagePosted posted;
    Message& message = posted.message;
    message.channel.key = {"slack", "T0HOME0001", post.channel};
    message.id = post.id;
    message.author.key = {"slack", "T0HOME0001", post.author};
    message.text = post.text;
    message.at = post.at;
    if (post.thread != post.id) message.thread = post.thread;
    Event event;
    event.seen = post.at;
    event.body = std::move(posted);
    event.source = "bench";
    return event;
}

}  // namespace rapport::bench
