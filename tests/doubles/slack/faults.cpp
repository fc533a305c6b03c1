#include "doubles/slack/logs.hpp"

namespace rapport::test::slack {

Fault Fault::rate_limited(std::optional<int> seconds) {
    Fault fault;
    fault.status = 429;
    fault.retry_after = seconds;
    fault.body = R"({"ok":false,"error":"ratelimited"})";
    return fault;
}

Fault Fault::server_error(unsigned status) {
    Fault fault;
    fault.status = status;
    fault.body = R"({"ok":false,"error":"internal_error"})";
    return fault;
}

Fault Fault::html(unsigned status) {
    Fault fault;
    fault.status = status;
    fault.type = "text/html; charset=utf-8";
    fault.body = "<!doctype html><title>Slack</title><h1>There's been a glitch</h1>";
    return fault;
}

Fault Fault::error(std::string word) {
    Fault fault;
    fault.status = 200;
    fault.body = R"({"ok":false,"error":")" + word + "\"}";
    return fault;
}

Fault Fault::timeout() {
    Fault fault;
    fault.hang = true;
    return fault;
}

Fault Fault::reset() {
    Fault fault;
    fault.cut = true;
    return fault;
}

Fault Fault::lost_answer() {
    Fault fault = reset();
    fault.effect = true;
    return fault;
}

Fault Fault::lost_answer_hanging() {
    Fault fault = timeout();
    fault.effect = true;
    return fault;
}

Fault Fault::half_answer() {
    Fault fault;
    fault.half = true;
    fault.effect = true;
    return fault;
}

Fault Fault::slow(Milliseconds delay) {
    Fault fault;
    fault.delay = delay;
    fault.effect = true;
    return fault;
}

}  // namespace rapport::test::slack
