// SPDX-License-Identifier: GPL-3.0-or-later
// Who may include whom: app → ui → core → {models, database}; docs/architecture.md has the picture.

#include <QtTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

using Names = std::set<std::string>;

/// The rooms of the house, by path prefix (the longest one counts), and what each may include: other rooms by
/// roomIncluded(), libraries by the families of libraryOf().
struct Room {
    std::string folder;
    Names rooms;
    Names libraries;
};

/// A room of ui/ that shows what core/ does.
Names withCore(Names rooms) {
    rooms.insert({"base",     "geo",        "raster",  "scene",      "outlines", "review",
                  "exchange", "editing",    "engine",  "prediction", "divides",  "training",
                  "measures", "comparison", "ranking", "overlays",   "jobs",     "project",
                  "models",   "tasks",      "wire",    "scribble"});
    return rooms;
}

const std::vector<Room>& rooms() {
    static const std::vector<Room> all = {
        {"core/base", {"base"}, {}},
        {"core/geo", {"base", "geo"}, {"proj", "geos"}},
        {"core/raster", {"base", "geo", "raster"}, {"gdal"}},
        {"core/outlines", {"base", "geo", "outlines"}, {}},
        {"core/review", {"base", "geo", "raster", "outlines", "editing", "prediction", "review"}, {}},
        {"core/editing", {"base", "geo", "outlines", "editing"}, {}},
        {"core/wire", {"base", "geo", "editing", "wire"}, {}},
        {"core/exchange",
         {"base", "geo", "raster", "outlines", "exchange", "models"},
         {"gdal", "hdf5", "json", "fmt"}},
        {"core/scene", {"base", "geo", "raster", "outlines", "exchange", "scene"}, {"json", "gdal"}},
        {"core/prediction/engine", {"base", "engine"}, {}},
        {"core/prediction",
         {"base", "geo", "raster", "scene", "outlines", "engine", "models", "prediction"},
         {"gdal", "json", "fmt"}},
        {"core/scribble",
         {"base", "geo", "scene", "outlines", "editing", "engine", "models", "prediction", "scribble"},
         {}},
        {"core/divides", {"base", "geo", "outlines", "editing", "prediction", "divides"}, {}},
        {"core/training",
         {"base", "geo", "raster", "scene", "outlines", "engine", "models", "prediction", "training"},
         {"json", "fmt"}},
        {"core/measures", {"base", "geo", "outlines", "measures"}, {"fmt"}},
        {"core/comparison",
         {"base", "geo", "raster", "scene", "outlines", "exchange", "models", "engine", "prediction",
          "measures", "comparison"},
         {"json", "fmt"}},
        {"core/topography", {"base", "geo", "outlines", "prediction", "comparison", "topography"}, {"fmt"}},
        {"core/ranking",
         {"base", "geo", "raster", "outlines", "scene", "prediction", "comparison", "ranking"},
         {"json", "fmt"}},
        {"core/overlays",
         {"base", "geo", "raster", "scene", "outlines", "prediction", "ranking", "overlays"},
         {}},
        {"core/jobs", {"base", "jobs"}, {}},
        {"core/project",
         {"base", "geo", "scene", "outlines", "review", "editing", "prediction", "database", "project"},
         {"json", "fmt"}},
        {"core/tasks",
         {"base", "geo", "raster", "scene", "outlines", "editing", "exchange", "models", "prediction",
          "divides", "training", "comparison", "topography", "ranking", "review", "project", "tasks"},
         {"json"}},
        {"models", {"base", "models"}, {"json", "dlopen"}},
        {"models/network", {"base", "models", "network", "learning"}, {"torch"}},
        {"models/learning", {"base", "models", "network", "learning"}, {"torch"}},
        {"database", {"base", "database"}, {"sqlite"}},
        // The rooms of ui/, each below those that may include it: an arrow runs down, never up.
        {"ui/base", {"base", "geo", "outlines", "ui/base"}, {"qt"}},
        // Pictures of the view on a page: no window, no GL.
        {"ui/figure", {"base", "geo", "outlines", "ui/figure"}, {"qt"}},
        {"ui/terrain", {"base", "geo", "outlines", "scene", "ui/terrain"}, {}},
        {"ui/charts", {"ui/base", "ui/charts"}, {"qt"}},
        {"ui/viewport", {"base", "geo", "outlines", "ui/terrain", "ui/viewport"}, {"qt", "osg"}},
        {"ui/session", withCore({"ui/base", "ui/terrain", "ui/session"}), {"qt"}},
        {"ui/tools", {"base", "geo", "outlines", "editing", "wire", "ui/tools"}, {"qt"}},
        {"ui/marginalia",
         {"base", "geo", "ui/base", "ui/figure", "ui/terrain", "ui/viewport", "ui/marginalia"},
         {"qt"}},
        {"ui/layers", withCore({"ui/base", "ui/figure", "ui/viewport", "ui/session", "ui/layers"}), {"qt"}},
        {"ui/editing",
         withCore(
             {"ui/base", "ui/terrain", "ui/viewport", "ui/session", "ui/tools", "ui/layers", "ui/editing"}),
         {"qt"}},
        {"ui/ground",
         withCore({"ui/base", "ui/terrain", "ui/viewport", "ui/session", "ui/marginalia", "ui/ground"}),
         {"qt"}},
        {"ui/care", withCore({"ui/base", "ui/session", "ui/care"}), {"qt"}},
        {"ui/checks", withCore({"ui/base", "ui/viewport", "ui/session", "ui/layers", "ui/checks"}), {"qt"}},
        {"ui/compare", withCore({"ui/base", "ui/session", "ui/layers", "ui/compare"}), {"qt"}},
        {"ui/divides", withCore({"ui/base", "ui/viewport", "ui/session", "ui/layers", "ui/divides"}), {"qt"}},
        {"ui/exchange", withCore({"ui/base", "ui/session", "ui/layers", "ui/exchange"}), {"qt"}},
        {"ui/learn", withCore({"ui/base", "ui/charts", "ui/session", "ui/learn"}), {"qt"}},
        {"ui/pictures",
         withCore({"ui/base", "ui/figure", "ui/viewport", "ui/session", "ui/marginalia", "ui/layers",
                   "ui/ground", "ui/pictures"}),
         {"qt"}},
        {"ui/predict", withCore({"ui/base", "ui/viewport", "ui/session", "ui/layers", "ui/predict"}), {"qt"}},
        {"ui/review",
         withCore({"ui/base", "ui/terrain", "ui/viewport", "ui/session", "ui/tools", "ui/layers",
                   "ui/editing", "ui/review"}),
         {"qt"}},
        {"ui/scenes",
         withCore({"ui/base", "ui/terrain", "ui/viewport", "ui/session", "ui/ground", "ui/scenes"}),
         {"qt"}},
        {"ui/team", withCore({"ui/base", "ui/session", "ui/layers", "ui/team"}), {"qt"}},
        {"ui/window",
         withCore({"ui/base",    "ui/terrain",  "ui/viewport", "ui/session",  "ui/marginalia", "ui/layers",
                   "ui/editing", "ui/tools",    "ui/ground",   "ui/care",     "ui/checks",     "ui/compare",
                   "ui/divides", "ui/exchange", "ui/learn",    "ui/pictures", "ui/predict",    "ui/review",
                   "ui/scenes",  "ui/team",     "ui/window"}),
         {"qt"}},
        {"app",
         {"base",        "geo",         "raster",     "scene",   "outlines", "exchange",
          "prediction",  "training",    "comparison", "jobs",    "project",  "models",
          "ranking",     "tasks",       "editing",    "divides", "review",   "ui/window",
          "ui/pictures", "ui/viewport", "ui/terrain", "cli",     "nunatak",  "start"},
         {"qt", "cli11", "json", "fmt"}},
        // A program of its own that must not carry more than the library it keeps away from the others.
        {"app/hdf5_reader", {"exchange"}, {"hdf5"}},
    };
    return all;
}

/// The family an external header belongs to; none for the standard library and the system.
std::optional<std::string> libraryOf(const std::string& header) {
    static const std::vector<std::pair<std::regex, std::string>> families = {
        {std::regex("^(torch|ATen|c10|caffe2)/.*"), "torch"},
        {std::regex("^(gdal|ogr|cpl|gnm).*\\.h$"), "gdal"},
        {std::regex("^(proj|geodesic)\\.h$"), "proj"},
        {std::regex("^geos.*"), "geos"},
        {std::regex("^(sqlite3\\.h|SQLiteCpp/.*)$"), "sqlite"},
        {std::regex("^hdf5.*|^H5.*"), "hdf5"},
        {std::regex("^nlohmann/.*"), "json"},
        {std::regex("^(fmt|spdlog)/.*"), "fmt"},
        {std::regex("^CLI/.*"), "cli11"},
        {std::regex("^(Q[A-Z].*|Qt|Qt[A-Z].*)$"), "qt"},
        {std::regex("^(osg|osgDB|osgGA|osgUtil|osgViewer|osgText)/.*"), "osg"},
        {std::regex("^dlfcn\\.h$"), "dlopen"},
    };
    for (const auto& [pattern, family] : families) {
        if (std::regex_match(header, pattern)) {
            return family;
        }
    }
    return std::nullopt;
}

/// What an include names: its first folder ("geo/grid.h" → geo), in ui/ the first two ("ui/learn/…" →
/// ui/learn).
std::string roomIncluded(const std::string& header) {
    const auto first = header.find('/');
    const auto folder = header.substr(0, first);
    return folder == "ui" ? header.substr(0, header.find('/', first + 1)) : folder;
}

const Room* roomOf(const std::string& path) {
    const Room* best = nullptr;
    for (const auto& room : rooms()) {
        if (path.starts_with(room.folder + "/") &&
            (best == nullptr || room.folder.size() > best->folder.size())) {
            best = &room;
        }
    }
    return best;
}

/// Empty when the include is allowed, else why it is not.
std::string violation(const std::string& path, const std::string& header, bool quoted) {
    const Room* room = roomOf(path);
    if (room == nullptr) {
        return path + " belongs to no room of the house";
    }
    if (quoted && header.find('/') == std::string::npos) {
        return {}; // a neighbour in the same folder
    }
    if (const auto library = libraryOf(header)) {
        return room->libraries.contains(*library)
                   ? std::string()
                   : path + " may not include " + header + " (" + *library + ")";
    }
    if (!quoted) {
        return {};
    }
    return room->rooms.contains(roomIncluded(header)) ? std::string()
                                                      : path + " may not include \"" + header + "\"";
}

struct Include {
    std::string header;
    bool quoted;
};

std::vector<Include> includesOf(const std::filesystem::path& file) {
    static const std::regex pattern(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"].*)");
    std::vector<Include> includes;
    std::ifstream stream(file);
    std::string line;
    std::smatch match;
    while (std::getline(stream, line)) {
        if (std::regex_match(line, match, pattern)) {
            includes.push_back({match[2], match[1] == "\""});
        }
    }
    return includes;
}

bool isSource(const std::filesystem::path& file) {
    static const Names endings = {".h", ".cpp"};
    return endings.contains(file.extension().string());
}

} // namespace

class IncludeGraphTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyIncludeKeepsTheRuleOfTheHouse() {
        const std::filesystem::path root = NUNATAK_SOURCES;
        QStringList violations;
        int files = 0;
        for (const char* top : {"app", "core", "ui", "models", "database"}) {
            for (const auto& entry : std::filesystem::recursive_directory_iterator(root / top)) {
                if (!entry.is_regular_file() || !isSource(entry.path())) {
                    continue;
                }
                ++files;
                const auto path = entry.path().lexically_relative(root).generic_string();
                for (const auto& include : includesOf(entry.path())) {
                    if (const auto why = violation(path, include.header, include.quoted); !why.empty()) {
                        violations << QString::fromStdString(why);
                    }
                }
            }
        }
        QVERIFY2(violations.isEmpty(), qPrintable("\n" + violations.join("\n")));
        QVERIFY2(files > 50, "the sources were not found");
    }

    void theArrowsBetweenTheRoomsOfTheWindowAllRunDown() {
        QStringList upward;
        Names below;
        for (const auto& room : rooms()) {
            below.insert(room.folder);
            for (const auto& included : room.rooms) {
                if (included.starts_with("ui/") && room.folder.starts_with("ui/") &&
                    !below.contains(included)) {
                    upward << QString::fromStdString(room.folder + " → " + included);
                }
            }
        }
        QVERIFY2(upward.isEmpty(), qPrintable("\n" + upward.join("\n")));
    }

    void theRuleRefusesWhatTheArchitectureForbids_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("header");
        QTest::addColumn<bool>("quoted");
        QTest::newRow("torch in core") << "core/prediction/a.cpp"
                                       << "torch/torch.h" << false;
        QTest::newRow("Qt in core") << "core/project/a.cpp"
                                    << "QString" << false;
        QTest::newRow("OSG in core") << "core/scene/a.cpp"
                                     << "osg/Node" << false;
        QTest::newRow("SQL in ui") << "ui/learn/a.cpp"
                                   << "sqlite3.h" << false;
        QTest::newRow("the database from ui") << "ui/learn/a.cpp"
                                              << "database/store.h" << true;
        QTest::newRow("GDAL in ui") << "ui/terrain/a.cpp"
                                    << "gdal_priv.h" << false;
        QTest::newRow("GDAL in the engine") << "core/prediction/engine/a.cpp"
                                            << "gdal.h" << false;
        QTest::newRow("core from models") << "models/a.cpp"
                                          << "geo/grid.h" << true;
        QTest::newRow("core from the database") << "database/a.cpp"
                                                << "outlines/outline.h" << true;
        QTest::newRow("ui from core") << "core/jobs/a.cpp"
                                      << "ui/window/main_window.h" << true;
        QTest::newRow("core from the module") << "models/network/a.cpp"
                                              << "geo/grid.h" << true;
        QTest::newRow("torch beside the module") << "models/registry.cpp"
                                                 << "ATen/ATen.h" << false;
        QTest::newRow("the shell from a room") << "ui/learn/a.cpp"
                                               << "ui/window/actions.h" << true;
        QTest::newRow("a room beside") << "ui/learn/a.cpp"
                                       << "ui/compare/comparison_panel.h" << true;
        QTest::newRow("no room") << "ui/a.cpp"
                                 << "base/error.h" << true;
        QTest::newRow("against the flow of data") << "core/raster/a.cpp"
                                                  << "scene/scene.h" << true;
    }
    void theRuleRefusesWhatTheArchitectureForbids() {
        QFETCH(QString, path);
        QFETCH(QString, header);
        QFETCH(bool, quoted);
        QVERIFY(!violation(path.toStdString(), header.toStdString(), quoted).empty());
    }

    void theRuleAllowsWhatTheArchitectureAllows() {
        QCOMPARE(violation("core/prediction/a.cpp", "models/network.h", true), std::string());
        QCOMPARE(violation("core/raster/a.cpp", "gdal_priv.h", false), std::string());
        QCOMPARE(violation("ui/window/a.cpp", "project/project.h", true), std::string());
        QCOMPARE(violation("core/base/a.cpp", "vector", false), std::string());
    }
};

QTEST_APPLESS_MAIN(IncludeGraphTest)
#include "include_graph_test.moc"
