// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/store.h"

#include <cstring>
#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/// So that a failed comparison shows the texts.
namespace QTest {
template <> inline char* toString(const std::string& text) {
    return qstrdup(text.c_str());
}
} // namespace QTest

namespace nunatak::tests {

inline database::SpatialReference utm32() {
    return {
        .name = "WGS 84 / UTM zone 32N",
        .organization = "EPSG",
        .code = 32632,
        .definition =
            R"(PROJCS["WGS 84 / UTM zone 32N",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",9],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","32632"]])",
        .wkt = "EPSG:32632"};
}

/// A square as well-known binary, its lower left corner at (x, y).
inline database::FeatureRow square(const std::string& uuid, double x, double y, double side = 100) {
    database::FeatureRow row;
    row.uuid = uuid;
    row.name = "Glacier " + uuid;
    row.box = {x, y, x + side, y + side};
    const auto put = [&](const auto& value) {
        const auto* first = reinterpret_cast<const std::uint8_t*>(&value);
        row.wkb.insert(row.wkb.end(), first, first + sizeof value);
    };
    const auto header = [&](std::uint32_t type, std::uint32_t count) {
        put(std::uint8_t{1});
        put(type);
        put(count);
    };
    header(6, 1);
    header(3, 1);
    put(std::uint32_t{5});
    for (const auto& [dx, dy] : {std::pair{0.0, 0.0}, {side, 0.0}, {side, side}, {0.0, side}, {0.0, 0.0}}) {
        put(x + dx);
        put(y + dy);
    }
    return row;
}

/// A transaction that makes the layer and puts squares in it.
inline database::Transaction layerOf(const std::string& layer, const std::vector<database::FeatureRow>& rows,
                                     std::int64_t step = 1) {
    database::Transaction transaction;
    transaction.layers.push_back({layer, "expert", "", "2000-01-01", "", ""});
    database::Box extent = rows.front().box;
    for (const database::FeatureRow& row : rows) {
        transaction.features.push_back({layer, row.uuid, row});
        transaction.changes.push_back({.layer = layer, .uuid = row.uuid, .bytes = {}, .afterHash = 7});
        extent = {std::min(extent.xmin, row.box.xmin), std::min(extent.ymin, row.box.ymin),
                  std::max(extent.xmax, row.box.xmax), std::max(extent.ymax, row.box.ymax)};
    }
    transaction.extents[layer] = extent;
    transaction.step = database::HistoryRow{step, "2024-05-01T10:00:00Z", "Import", 0};
    return transaction;
}

inline std::map<std::string, database::FeatureRow> featuresOf(database::Store& store,
                                                              const std::string& layer) {
    std::map<std::string, database::FeatureRow> rows;
    store.forEachFeature(layer, [&](database::FeatureRow&& row) { rows[row.uuid] = std::move(row); });
    return rows;
}

/// The message of the Error that `work` throws, empty when it throws none.
inline std::string messageOf(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

inline std::vector<std::string> filesIn(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

/// Runs `work` in a process without special rights, so that file permissions count for the superuser too.
/// Returns what it returned, or an error's message.
inline std::string asOrdinaryUser(const std::function<std::string()>& work) {
    int ends[2] = {};
    if (::pipe(ends) != 0) {
        return "no pipe";
    }
    const pid_t child = ::fork();
    if (child == 0) {
        constexpr uid_t nobody = 65534;
        std::string answer;
        if (::geteuid() == 0 && (::setgid(nobody) != 0 || ::setuid(nobody) != 0)) {
            answer = "cannot give up rights";
        } else {
            try {
                answer = work();
            } catch (const std::exception& error) {
                answer = error.what();
            }
        }
        (void)!::write(ends[1], answer.data(), answer.size());
        ::_exit(0);
    }
    ::close(ends[1]);
    std::string answer;
    char buffer[1024];
    for (ssize_t count = 0; (count = ::read(ends[0], buffer, sizeof buffer)) > 0;) {
        answer.append(buffer, static_cast<std::size_t>(count));
    }
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);
    return answer;
}

} // namespace nunatak::tests
