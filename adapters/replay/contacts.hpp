#pragma once

#include "adapters/replay/source.hpp"

namespace rapport::replay {

/// Contacts from a CSV file (RFC 4180, UTF-8; also with semicolons, as spreadsheets write it in half of
/// Europe). The first row names the columns, in any order: `platform`, `id` (both needed), `realm` (or
/// Options::realm), `handle`, `name`, `roles` (several with `;` or `,` between), `owner`, `note`.
///
/// The whole file is read and checked at once: unless `lenient`, one bad row refuses all of it, and the Error
/// names each bad row. There is no cursor: stating a contact twice changes nothing, so an import is simply
/// run again.
Result<std::unique_ptr<EventSource>> open_contacts(const std::filesystem::path& path, const Options& options);

}  // namespace rapport::replay
