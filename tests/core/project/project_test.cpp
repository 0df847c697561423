// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/shape_operations.h"
#include "project/outline_codec.h"
#include "project_fixture.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <fstream>
#include <limits>

using namespace nunatak;
using namespace nunatak::tests;
using outlines::LayerKind;
using project::Access;
using project::Event;
using project::Project;

class ProjectTest : public QObject {
    Q_OBJECT

private:
    ProjectFolder m_folder;

private Q_SLOTS:
    void whatIsPutIntoAProjectIsThereAfterReopening() {
        const auto file = m_folder.newFile();
        Contents before;
        {
            const auto project = Project::create(file, utm32());
            outlines::Outline first = square("a", 0, 0);
            first.geometry[0].holes.push_back({{10, 10}, {20, 10}, {20, 20}});
            first.geometry.push_back({{{500, 0}, {600, 0.1}, {600, 100}}, {}});
            first.attributes = {{"rgi_id", "RGI2000-v7.0-G-11-00001"}, {"glac_name", "Großer \"Ferner\""}};
            first.threshold = 0.1;
            first.srcDate = "2003-09-01";
            QCOMPARE(project->importOutlines(expertLayer(), {first, square("b", 1000, 0)}), 2);
            project->addLayer({"corrected", LayerKind::Inventory, "scene-1", "2020-08-01"});
            project->addScene(sceneNamed("scene-1", "First", "2020-08-01"));
            project->setSetting("camera", "1 2 3");
            before = contentsOf(*project);
        }
        QCOMPARE(std::distance(std::filesystem::directory_iterator(file.parent_path()), {}),
                 std::ptrdiff_t{1});
        const auto project = Project::open(file);
        QVERIFY(contentsOf(*project) == before);
        QVERIFY(project->crs() == utm32());
        QCOMPARE(project->layer("corrected").date, std::string("2020-08-01"));
        QCOMPARE(project->scenes().size(), std::size_t{1});
        QCOMPARE(project->scene().name, std::string("First"));
        QCOMPARE(*project->setting("camera"), std::string("1 2 3"));
        QVERIFY(!project->setting("layers"));
        QCOMPARE(project->history().size(), std::size_t{2});
        QVERIFY(project->notes().empty());
    }

    void numbersDaysAndMissingValuesAreThatAgainAfterReopening() {
        using outlines::AttributeType;
        using outlines::AttributeValue;
        const auto file = m_folder.newFile();
        outlines::Outline glacier = square("a", 0, 0);
        glacier.attributes = {
            {"o1region", "01"},
            {"anlys_id", std::int64_t{9007199254740993}}, // no double holds it
            {"zmax_m", 3694.625},
            {"whole", 5.0},
            {"missing", -9999},
            {"is_rgi6", false},
            {"empty", ""},
            {"infinite", -std::numeric_limits<double>::infinity()},
            {"null", AttributeValue()},
            {"null_integer", AttributeValue::null(AttributeType::Integer)},
            {"not_a_number", std::nan("")},
            {"day", AttributeValue::moment(AttributeType::Date, "2003-07-30")},
            {"time", AttributeValue::moment(AttributeType::DateTime, "2003-07-30T10:15:00Z")},
            {"json", R"({"date":"2003-07-30"})"}};
        glacier.describedShape = geo::fingerprint(glacier.geometry);
        Project::create(file, utm32())->importOutlines(expertLayer(), {glacier});
        const auto project = Project::open(file);
        const auto read = project->outlines("expert").find("a");
        QVERIFY(read != nullptr);
        for (const auto& [name, value] : glacier.attributes) {
            QVERIFY2(read->attributes.contains(name) && read->attributes.at(name) == value, name.c_str());
        }
        QCOMPARE(read->attributes.size(), glacier.attributes.size());
        QVERIFY(read->describedShape == glacier.describedShape);
    }

    void aProjectOfAnEarlierVersionStaysOneUntilItsFirstStep() {
        const auto file = m_folder.newFile();
        const auto version = [&] {
            return SQLite::Database(file.string())
                .execAndGet("SELECT MAX(version) FROM gpkgext_nunatak_schema")
                .getInt();
        };
        Project::create(file, utm32());
        SQLite::Database(file.string(), SQLite::OPEN_READWRITE)
            .exec("UPDATE gpkgext_nunatak_schema SET version = 2");
        Project::open(file)->setSetting("camera", "1 2 3");
        QCOMPARE(version(), 2);
        Project::open(file)->importOutlines(expertLayer(), {square("a", 0, 0)});
        QCOMPARE(version(), 4); // which says who made it
    }

    void whatAnOutlineIsOfStaysKnownWhereOnlyOthersColumnsDescribeIt() {
        const auto file = m_folder.newFile();
        outlines::Outline glacier = square("a", 0, 0);
        Project::create(file, utm32())->importOutlines(expertLayer(), {glacier});
        SQLite::Database(file.string(), SQLite::OPEN_READWRITE)
            .exec("ALTER TABLE expert ADD COLUMN massif TEXT");
        glacier.uuid = "b";
        glacier.attributes = {{"massif", "Ecrins"}};
        glacier.describedShape = geo::fingerprint(glacier.geometry);
        {
            const auto project = Project::open(file);
            project->importOutlines(expertLayer(), {glacier});
        }
        const auto project = Project::open(file);
        QVERIFY(project->outlines("expert").find("b")->describedShape == glacier.describedShape);
        project->undo();
        QCOMPARE(project->outlines("expert").size(), std::size_t{1});
    }

    void textsOfAttributesAreKeptInTheHistoryAsTheyWereBeforeThereWereOtherTypes() {
        outlines::Outline glacier;
        glacier.uuid = "u";
        glacier.attributes = {{"k", "vw"}};
        const auto reverse = project::reverseOf({"expert", handle(glacier), nullptr});
        const std::vector<std::uint8_t> expected{1, 0, 0, 0, 'u', // the eight texts, each behind its length
                                                 0, 0, 0, 0, 0,   0, 0, 0, 0,   0, 0, 0, 0, 0, //
                                                 0, 0, 0, 0, 0,   0, 0, 0, 0,   0, 0, 0, 0, 0, //
                                                 0, 0, 0, 0, 0,   0, 0, 0, // the threshold
                                                 1, 0, 0, 0, 1,   0, 0, 0, 'k', 2, 0, 0, 0, 'v', 'w', //
                                                 0, 0, 0, 0}; // no polygon
        QVERIFY(reverse.bytes == expected);
    }

    void aProjectNeedsAProjectedSystemInMetres() {
        for (const char* crs : {"EPSG:4326", "EPSG:3857", "EPSG:2263"}) {
            const auto file = m_folder.newFile();
            QVERIFY(
                has(messageOf([&] { Project::create(file, geo::Crs::fromUserInput(crs)); }), "in metres"));
            QVERIFY(!std::filesystem::exists(file));
        }
        QVERIFY(has(messageOf([&] { Project::create(m_folder.newFile(), geo::Crs()); }), "in metres"));
    }

    void aSystemWithoutACodeSurvives() {
        const auto file = m_folder.newFile();
        const auto crs = geo::Crs::fromUserInput("+proj=laea +lat_0=46.5 +lon_0=10.5 +datum=WGS84 +units=m");
        Project::create(file, crs);
        QVERIFY(Project::open(file)->crs() == crs);
    }

    void creatingOverAnExistingFileIsRefused() {
        const auto file = m_folder.newFile();
        Project::create(file, utm32());
        QVERIFY(has(messageOf([&] { Project::create(file, utm32()); }), "exists already"));
        Project::open(file);
    }

    void aFileThatIsNotOursIsRefusedAndNothingIsLeftBeside() {
        const auto file = m_folder.newFile();
        std::ofstream(file)
            << "not a database, and long enough to have a header of one hundred bytes or more, "
               "which is what SQLite looks at first of all";
        QVERIFY(has(messageOf([&] { Project::open(file); }), "not a Nunatak project"));
        QVERIFY(has(messageOf([&] { Project::open(file.string() + "x"); }), "no project"));
        QCOMPARE(std::distance(std::filesystem::directory_iterator(file.parent_path()), {}),
                 std::ptrdiff_t{1});
    }

    void aSecondWriterIsRefusedAndAReaderIsNot() {
        const auto file = m_folder.newFile();
        const auto project = Project::create(file, utm32());
        project->importOutlines(expertLayer(), {square("a", 0, 0)});
        project->flush();
        QVERIFY(has(messageOf([&] { Project::open(file); }), "already open"));
        const auto reader = Project::open(file, Access::ReadOnly);
        QCOMPARE(reader->outlines("expert").size(), std::size_t{1});
        project->importOutlines(expertLayer(), {square("b", 500, 0)});
        project->flush();
        QCOMPARE(reader->outlines("expert").size(), std::size_t{1});
    }

    void aReadOnlyProjectRefusesEveryChange() {
        const auto file = m_folder.newFile();
        Project::create(file, utm32())->importOutlines(expertLayer(), {square("a", 0, 0)});
        const auto project = Project::open(file, Access::ReadOnly);
        QVERIFY(project->isReadOnly());
        QVERIFY(project->isSaved());
        QVERIFY(!project->undoDescription());
        const std::vector<std::function<void()>> changes{
            [&] { project->importOutlines(expertLayer(), {square("b", 0, 0)}); },
            [&] { move(*project, "expert", "a", squareShape(1, 1)); },
            [&] { project->removeLayer("expert"); },
            [&] { project->renameLayer("expert", "RGI"); },
            [&] { project->addLayer(expertLayer("other")); },
            [&] { project->addScene(sceneNamed("s", "S", "")); },
            [&] { project->setSetting("a", "b"); },
            [&] { project->storePrediction({}); },
            [&] { project->undo(); },
            [&] { project->redo(); }};
        for (const auto& change : changes) {
            QVERIFY(has(messageOf(change), "read-only"));
        }
        QCOMPARE(project->history().size(), std::size_t{1});
    }

    void scenesAreFoundByIdOrNameAndTheNewestWithoutEither() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        QVERIFY(has(messageOf([&] { project->scene(); }), "no scene"));
        project->addScene(sceneNamed("1", "Summer", "2020-08-01"));
        project->addScene(sceneNamed("2", "Autumn", "2019-09-01"));
        QCOMPARE(project->scene().id, std::string("1"));
        QCOMPARE(project->scene("2").name, std::string("Autumn"));
        QCOMPARE(project->scene("Autumn").id, std::string("2"));
        QVERIFY(has(messageOf([&] { project->scene("Winter"); }), "Summer and Autumn"));
        project->replaceScene(sceneNamed("2", "Late autumn", "2021-10-01"));
        QCOMPARE(project->scenes().size(), std::size_t{2});
        QCOMPARE(project->scene().name, std::string("Late autumn"));
    }

    void layersHaveNamesThatAreFreeAndCanBeTables() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->addLayer(expertLayer("Expert"));
        QVERIFY(has(messageOf([&] { project->addLayer(expertLayer("Expert")); }), "already"));
        QVERIFY(has(messageOf([&] { project->addLayer(expertLayer("expert")); }), "capitals"));
        QVERIFY(has(messageOf([&] { project->addLayer(expertLayer("a b")); }), "cannot be"));
        QVERIFY(has(messageOf([&] { project->outlines("none"); }), "Expert"));
        QVERIFY(project->hasLayer("Expert"));
        QVERIFY(!project->hasLayer("none"));
    }

    void aStepThatDoesNotFitChangesNothing() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->addLayer(inventoryLayer("corrected"));
        project->commit({"Draw", {{"corrected", nullptr, handle(square("a", 0, 0))}}, {}, {}});
        const Contents before = contentsOf(*project);
        const auto good = outlines::OutlineChange{"corrected", nullptr, handle(square("b", 500, 0))};
        const auto a = project->outlines("corrected").find("a");
        outlines::Outline withoutUuid = square("", 0, 0);
        outlines::Outline withNan = square("c", 0, std::nan(""));
        outlines::Outline empty = square("c", 0, 0);
        empty.geometry.clear();
        outlines::Outline notUtf8 = square("c", 0, 0);
        notUtf8.name = "Gro\xDF";
        for (const outlines::OutlineChange& bad :
             std::vector<outlines::OutlineChange>{{"corrected", nullptr, handle(square("a", 1, 1))},
                                                  {"corrected", handle(square("a", 1, 1)), nullptr},
                                                  {"corrected", handle(square("z", 1, 1)), nullptr},
                                                  {"corrected", a, handle(square("other", 1, 1))},
                                                  {"corrected", nullptr, nullptr},
                                                  {"nowhere", nullptr, handle(square("c", 0, 0))},
                                                  {"corrected", nullptr, handle(withoutUuid)},
                                                  {"corrected", nullptr, handle(withNan)},
                                                  {"corrected", nullptr, handle(empty)},
                                                  {"corrected", nullptr, handle(notUtf8)}}) {
            QVERIFY(!messageOf([&] { project->commit({"Bad", {good, bad}, {}, {}}); }).empty());
            QVERIFY(contentsOf(*project) == before);
        }
        QCOMPARE(project->history().size(), std::size_t{2});
    }

    void importsNameWhatHasNoNameAndKeepEveryPolygon() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        outlines::Outline broken = square("c", 2000, 0);
        broken.name = "Gro\xDF";
        outlines::Outline empty = square("d", 0, 0);
        empty.geometry.clear();
        QCOMPARE(project->importOutlines(expertLayer(), {square("", 0, 0), square("a", 500, 0),
                                                         square("a", 900, 0), broken, empty}),
                 4);
        QCOMPARE(project->outlines("expert").size(), std::size_t{4});
        for (const auto& outline : project->outlines("expert").all()) {
            QVERIFY(!outline->uuid.empty());
            QCOMPARE(outline->srcDate, std::string("2000-08-01"));
        }
        QCOMPARE(project->outlines("expert").find("c")->name, std::string("Gro\xEF\xBF\xBD"));
        // The same file again replaces what has the same UUID.
        project->importOutlines(expertLayer(), {square("c", 3000, 0)});
        QCOMPARE(project->outlines("expert").size(), std::size_t{4});
        QCOMPARE(project->outlines("expert").find("c")->geometry, squareShape(3000, 0));
    }

    void anImportIntoALayerOfAnotherKindIsRefused() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->importOutlines(expertLayer(), {square("a", 0, 0)});
        QVERIFY(
            has(messageOf([&] {
                    project->importOutlines({"expert", LayerKind::Inventory, "", ""}, {square("b", 0, 0)});
                }),
                "of kind expert"));
    }

    void listenersAreToldEachStepOnceAndWhole() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->setAnalyst("A. Heim");
        std::vector<Event> events;
        auto subscription = project->subscribe([&](const Event& event) {
            if (event.kind != Event::Kind::SavingChanged) {
                events.push_back(event);
            }
        });
        project->importOutlines(expertLayer(), {square("a", 0, 0)});
        QCOMPARE(events.size(), std::size_t{1});
        QVERIFY(events[0].kind == Event::Kind::Step);
        QCOMPARE(events[0].layers.size(), std::size_t{1});
        QVERIFY(!events[0].layers[0].before && *events[0].layers[0].after == expertLayer());
        QCOMPARE(events[0].changes.size(), std::size_t{1});
        QCOMPARE(events[0].changes[0].after->uuid, std::string("a"));
        QCOMPARE(events[0].step.id, project->history().back().id);
        QCOMPARE(events[0].step.tool, std::string("import"));
        QCOMPARE(events[0].step.analyst, std::string("A. Heim"));
        project->undo();
        QCOMPARE(events.size(), std::size_t{2});
        QVERIFY(events[1].changes[0].after == nullptr);
        QVERIFY(events[1].layers[0].before && !events[1].layers[0].after);
        QCOMPARE(events[1].step.undoes, events[0].step.id);
        subscription.reset();
        project->redo();
        QCOMPARE(events.size(), std::size_t{2});
    }

    void aListenerMayLeaveWhileItIsTold() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        int calls = 0;
        Project::Subscription subscription;
        subscription = project->subscribe([&](const Event& event) {
            if (event.kind == Event::Kind::Step) {
                ++calls;
                subscription.reset();
            }
        });
        project->addLayer(expertLayer("one"));
        project->addLayer(expertLayer("two"));
        QCOMPARE(calls, 1);
    }

    void theFilesFolderLiesBesideTheProject() {
        const auto file = m_folder.newFile();
        const auto project = Project::create(file, utm32());
        QVERIFY(!std::filesystem::exists(file.parent_path() / "alps.files"));
        QCOMPARE(project->filesFolder().string(), (file.parent_path() / "alps.files").string());
        QVERIFY(std::filesystem::is_directory(project->filesFolder()));
    }
};

QTEST_GUILESS_MAIN(ProjectTest)
#include "project_test.moc"
