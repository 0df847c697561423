// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/staging_folder.h"
#include "base/whole_file.h"
#include "connection.h"
#include "database/store.h"
#include "new_file.h"
#include "schema.h"
#include "store_impl.h"

namespace nunatak::database {

void Store::create(const std::filesystem::path& file, const SpatialReference& crs,
                   const std::vector<Transaction>& first) {
    throwUnlessFree(file);
    const auto target = std::filesystem::absolute(file);
    const StagingFolder staging(target.parent_path());
    const auto made = staging.path() / "project.gpkg";
    wrapped(file, [&] {
        SQLite::Database connection = openForWriting(made, true);
        connection.exec("PRAGMA journal_mode=MEMORY");
        WriteScope scope(connection);
        makeTables(connection, crs);
        scope.commit();
    });
    {
        Store store(made, Mode::ReadWrite);
        store.m_impl->file = file; // what messages shall say
        wrapped(file, [&] {
            store.m_impl->enterWal();
            WriteScope scope(store.m_impl->connection);
            for (const Transaction& transaction : first) {
                store.m_impl->writeAll(transaction);
            }
            scope.commit();
        });
        store.close();
    }
    std::error_code missing;
    if (std::filesystem::file_size(made.string() + "-wal", missing) > 0 && !missing) {
        throw StoreFull("The disk that holds " + file.string() + " is full. Free some space there.");
    }
    publish(made, target);
    syncFolder(target.parent_path());
}

std::filesystem::path Store::backUp(const std::string& label) {
    const auto& place = m_impl->place;
    const StagingFolder staging(place.parent_path());
    const auto made = staging.path() / "project.gpkg";
    copyInto(made);
    for (int number = 1;; ++number) {
        const std::string suffix = number == 1 ? "" : "-" + std::to_string(number);
        const auto target =
            place.parent_path() / (place.stem().string() + "." + label + suffix + place.extension().string());
        std::error_code trouble;
        if (!std::filesystem::exists(std::filesystem::symlink_status(target, trouble))) {
            publish(made, target);
            syncFolder(target.parent_path());
            m_impl->isKept = true;
            return target;
        }
    }
}

} // namespace nunatak::database
