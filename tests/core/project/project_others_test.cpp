// SPDX-License-Identifier: GPL-3.0-or-later
#include "project_fixture.h"

#include "base/project_file.h"
#include "base/whole_file.h"
#include "exchange/outline_files.h"

#include <fstream>

#include <sqlite3.h>

using namespace nunatak;
using namespace nunatak::tests;
using project::Access;
using project::Project;

/// What other programs, and other parts of this one, do to a project's file.
class ProjectOthersTest : public QObject {
    Q_OBJECT

private:
    ProjectFolder m_folder;

    /// Runs SQL as another program would; what it selects comes back as text.
    static std::string sql(const std::filesystem::path& file, const std::string& text) {
        sqlite3* connection = nullptr;
        std::string answer;
        sqlite3_open(file.c_str(), &connection);
        for (const char* name : {"ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"}) {
            sqlite3_create_function(
                connection, name, 1, SQLITE_UTF8, nullptr,
                [](sqlite3_context* context, int, sqlite3_value**) { sqlite3_result_int(context, 0); },
                nullptr, nullptr);
        }
        char* problem = nullptr;
        const auto take = [](void* to, int, char** values, char**) {
            *static_cast<std::string*>(to) += values[0] == nullptr ? "NULL" : values[0];
            return 0;
        };
        if (sqlite3_exec(connection, text.c_str(), take, &answer, &problem) != SQLITE_OK) {
            answer = std::string("SQL failed: ") + problem;
        }
        sqlite3_close(connection);
        return answer;
    }

    std::filesystem::path projectOf(const std::vector<outlines::Outline>& outlines) {
        const auto file = m_folder.newFile();
        const auto project = Project::create(file, utm32());
        project->importOutlines(expertLayer(), outlines);
        return file;
    }

private Q_SLOTS:
    void aProjectIsToldFromOtherFilesOpenOrNotWholeOrNot() {
        const auto file = projectOf({square("a", 0, 0)});
        const auto folder = file.parent_path();
        QVERIFY(isProjectFile(file));
        {
            const auto open = Project::open(file);
            open->importOutlines(expertLayer(), {square("b", 500, 0)});
            open->flush();
            QVERIFY(isProjectFile(file));
        }
        std::filesystem::create_symlink("alps.gpkg", folder / "link.gpkg");
        QVERIFY(isProjectFile(folder / "link.gpkg"));
        std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
        QVERIFY(isProjectFile(file));

        exchange::writeOutlines({square("a", 600000, 5200000)}, utm32(), folder / "outlines.gpkg");
        QVERIFY(!isProjectFile(folder / "outlines.gpkg"));
        QVERIFY(!isProjectFile(folder));
        QVERIFY(!isProjectFile(folder / "nothing"));
        std::ofstream(folder / "notes.txt") << "gpkgext_nunatak_schema";
        QVERIFY(!isProjectFile(folder / "notes.txt"));
    }

    void nothingIsWrittenInTheProjectsPlace() {
        for (const bool isOpen : {false, true}) {
            const auto file = m_folder.newFile();
            auto project = Project::create(file, utm32());
            if (!isOpen) {
                project.reset();
            }
            const auto refused = [&](const std::function<void()>& write) {
                return has(messageOf(write), "is a Nunatak project");
            };
            QVERIFY(refused([&] { writeWholeFile(file, {"text"}); }));
            QVERIFY(refused([&] { scene::saveScene({}, file); }));
            QVERIFY(refused([&] { exchange::writeOutlines({square("a", 600000, 5200000)}, utm32(), file); }));
            project.reset();
            QCOMPARE(Project::open(file)->layers().size(), std::size_t{0});
        }
    }
};

QTEST_GUILESS_MAIN(ProjectOthersTest)
#include "project_others_test.moc"
