#pragma once

#include <exception>

namespace rapport::net {

/// Whether a coroutine ended by being cancelled and not by a failure: it threw operation_aborted, alone or as
/// the first of several (a cancelled `a || b` throws multiple_exceptions). Null: it did not throw, so false.
bool was_cancelled(const std::exception_ptr& thrown);

}  // namespace rapport::net
