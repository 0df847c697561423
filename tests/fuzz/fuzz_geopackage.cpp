// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: whatever a project's file holds, it is refused with one Error or read; so it is by the check,
// and by what recovers a damaged one, which makes a sound file or none.
#include "base/error.h"
#include "database/maintenance.h"
#include "database/store.h"
#include "fuzz_folder.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <functional>

namespace {

using namespace nunatak;
namespace fs = std::filesystem;

bool isRead(const std::function<void()>& read) {
    try {
        read();
        return true;
    } catch (const nunatak::Error&) {
        return false; // refused, as it should be
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const tests::FuzzFolder folder;
    const fs::path file = folder.path / "a.gpkg", recovered = folder.path / "b.gpkg";
    tests::write(file, data, size);
    isRead([&] {
        database::Store store(file, database::Store::Mode::ReadOnly);
        const auto contents = store.contents();
        for (const auto& layer : contents.layers) {
            store.forEachFeature(layer.name, [](database::FeatureRow&&) {});
            store.touchesOf(layer.name);
        }
        store.forEachChangeAfter(0, [](std::int64_t, database::ReverseChange&&) {});
        store.forEachTouch([](std::int64_t, const std::string&, const std::string&) {});
        store.forEachLastState(
            [](std::int64_t, const std::string&, const std::string&, std::optional<std::int64_t>) {});
        store.layerStepsAfter(0);
        store.mergedStepsOf("inventory", "a");
        for (const auto& step : contents.history) {
            store.changesOf(step.id);
            store.layerChangesOf(step.id);
        }
    });
    isRead([&] { database::check(file); });
    if (isRead([&] { database::recover(file, recovered, {}); }) &&
        !isRead([&] { database::Store(recovered, database::Store::Mode::ReadOnly).contents(); })) {
        std::abort();
    }
    for (const fs::path& left : {recovered, file}) {
        fs::remove(left);
    }
    return 0;
}
