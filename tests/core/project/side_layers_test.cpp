// SPDX-License-Identifier: GPL-3.0-or-later
// Debris, lakes, lines and points: side layers in a project, and in the files of others.
#include "base/error.h"
#include "editing/insert_vertex.h"
#include "editing/merge.h"
#include "editing/move_vertex.h"
#include "editing/new_glacier.h"
#include "editing/paths.h"
#include "editing/remove_outlines.h"
#include "editing/remove_vertices.h"
#include "editing/split.h"
#include "exchange/export_layer.h"
#include "exchange/outline_files.h"
#include "inventory_fixture.h"
#include "outlines/outline_name.h"
#include "project/outline_import.h"
#include "project/side_outline.h"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <array>
#include <cmath>
#include <memory>
#include <set>
#include <string_view>

using namespace nunatak;
using namespace nunatak::tests;
using editing::EdgeIndices;
using outlines::LayerKind;
using outlines::sideKindOf;
using project::Access;
using project::Project;

class SideLayersTest : public QObject {
    Q_OBJECT

    ProjectFolder m_folder;
    EdgeIndices m_indices;

    /// Glaciers a and b, 100 m squares 500 m apart, as an inventory.
    std::unique_ptr<Project> withInventory(const std::filesystem::path& file) {
        auto project = Project::create(file, utm32());
        project->addScene(sceneOf("s2020", "2020-08-20"));
        project->importOutlines(predictedLayer, {square("a", 0, 0), square("b", 500, 0)});
        project->take(project::planInventory(*project, {.from = "predicted"})());
        return project;
    }

    editing::Draft draftOf(const Project& project) {
        return {[&project](const std::string& layer) -> editing::DraftLayer {
                    return {&project.outlines(layer), project.layer(layer).kind == LayerKind::Side};
                },
                m_indices};
    }

    static outlines::Outline like(const char* term) {
        outlines::Outline outline;
        outline.attributes[outlines::lineTypeAttribute] = term;
        return outline;
    }

    static std::string startLayer(Project& project, const char* term) {
        const auto layer = project::sideLayerOf(project, *sideKindOf(std::string_view(term)));
        project.addLayer(layer);
        return layer.name;
    }

    static std::string attribute(const outlines::Outline& outline, const char* name) {
        const auto found = outline.attributes.find(name);
        return found == outline.attributes.end() ? std::string() : found->second.text();
    }

    static std::string typeIn(const std::filesystem::path& file, const char* layer) {
        const std::unique_ptr<GDALDataset> data(
            GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
        auto* table = data ? data->GetLayerByName(layer) : nullptr;
        if (table == nullptr) {
            return "no layer";
        }
        const OGRFeatureUniquePtr feature(table->GetNextFeature());
        return std::string(OGRGeometryTypeToName(table->GetGeomType())) + ", " +
               (feature ? OGRGeometryTypeToName(feature->GetGeometryRef()->getGeometryType()) : "none");
    }

private Q_SLOTS:
    void whatIsDrawnIntoASideLayerThatIsNotThereComesWithIt() {
        const auto file = m_folder.newFile();
        auto project = withInventory(file);
        auto stroke = outlines::Outline{};
        stroke.uuid = outlines::makeUuid();
        stroke.geometry = geo::lineShape({{10, 10}, {60, 10}});
        const auto a = project->outlines("inventory").find("a");
        auto changed = *a;
        changed.name = "Scribbled on";
        const auto steps = project->history().size();
        editing::Edit edit{
            "Scribble on a",
            {{"inventory", a, outlines::share(changed)}, {"ice_stroke", nullptr, outlines::share(stroke)}},
            std::nullopt,
            "scribble"};
        project->commit(edit, {"s2020"});
        QCOMPARE(project->history().size(), steps + 1); // one step
        QVERIFY(project->layer("ice_stroke").kind == LayerKind::Side);
        QCOMPARE(project->layer("ice_stroke").title, std::string("Strokes of ice"));
        const auto kept = project->outlines("ice_stroke").all().at(0);
        QCOMPARE(kept->sceneId, std::string("s2020"));
        QCOMPARE(kept->analyst, project->analyst());
        QCOMPARE(kept->attributes.at("glac_uuid").text(), std::string("a"));
        project->undo();
        QVERIFY(!project->hasLayer("ice_stroke"));
        QCOMPARE(project->outlines("inventory").find("a")->name, a->name);
        project->redo();
        project->close();
        project = Project::open(file, Access::ReadOnly);
        QCOMPARE(project->outlines("ice_stroke").size(), std::size_t(1));
        // What is no side layer has to be there.
        auto other = stroke;
        other.uuid = outlines::makeUuid();
        project.reset();
        project = Project::open(file);
        QVERIFY_THROWS_EXCEPTION(
            Error, project->commit({"Draw", {{"moraines", nullptr, outlines::share(other)}}, {}, "draw"}));
    }

    void initTestCase() { GDALAllRegister(); }

    void aLakeMayLieOverGlaciersAndKnowsWhichAndWhatItIs() {
        const auto file = m_folder.newFile();
        const auto project = withInventory(file);
        const auto layer = startLayer(*project, "supra_lake");
        QCOMPARE(layer, std::string("supra_lake"));
        QCOMPARE(outlines::titleOf(project->layer(layer)), std::string("Supraglacial lakes"));
        // The same kind is the same layer.
        QVERIFY(project::sideLayerOf(*project, *sideKindOf(std::string_view("supra_lake"))) ==
                project->layer(layer));
        const geo::Ring ring{{20, 20}, {80, 20}, {80, 80}, {20, 80}};
        const auto edit = editing::newGlacier(draftOf(*project), layer, ring, like("supra_lake"));
        QCOMPARE(edit.description, std::string("Draw supraglacial lake"));
        project->commit(edit, {"s2020"});
        const auto lake = project->outlines(layer).find(edit.then->uuid);
        QCOMPARE(attribute(*lake, "line_type"), std::string("supra_lake"));
        QCOMPARE(attribute(*lake, "glac_uuid"), std::string("a"));
        QCOMPARE(attribute(*lake, "glacier"), std::string("Glacier a"));
        QCOMPARE(lake->srcDate, std::string("2020-08-20"));
        QVERIFY(outlines::nameOf(*lake).empty());
        QCOMPARE(outlines::nameInSentence(*lake), "supraglacial lake " + lake->uuid.substr(0, 8));
        // Two may overlap.
        const geo::Ring other{{50, 50}, {95, 50}, {95, 95}, {50, 95}};
        project->commit(editing::newGlacier(draftOf(*project), layer, other, like("supra_lake")), {"s2020"});
        QCOMPARE(project->outlines(layer).size(), std::size_t{2});
        QVERIFY(*project->outlines(layer).find(lake->uuid) == *lake);
        QCOMPARE(project->outlines("inventory").find("a")->area(), 10000.0);
        // The tools of glaciers are its tools; moved to another glacier it is of that one.
        const std::array lines{geo::Ring{{50, 10}, {50, 90}}};
        auto parted = editing::split(draftOf(*project), *edit.then, lines, {1, 0, {}});
        QCOMPARE(parted.pieces.size(), std::size_t{2});
        geo::MultiPolygon moved{{{{520, 20}, {580, 20}, {580, 80}, {520, 80}}, {}}};
        auto draft = draftOf(*project);
        draft.reshape(*edit.then, moved);
        project->commit(draft.edit("Move", *edit.then), {"s2020"});
        QCOMPARE(attribute(*project->outlines(layer).find(lake->uuid), "glac_uuid"), std::string("b"));
        project->undo();
        QVERIFY(*project->outlines(layer).find(lake->uuid) == *lake);
        // Beside all of them it is of none.
        const geo::Ring beside{{250, 20}, {280, 20}, {280, 80}};
        const auto none = editing::newGlacier(draftOf(*project), layer, beside, like("supra_lake"));
        project->commit(none, {"s2020"});
        QCOMPARE(attribute(*project->outlines(layer).find(none.then->uuid), "glac_uuid"), std::string());
    }

    void aLineIsDrawnKeptTakenBackAndReadAsOneByOthers() {
        const auto file = m_folder.newFile();
        auto project = withInventory(file);
        const auto layer = startLayer(*project, "snow_line");
        const geo::Ring line{{10, 10}, {50, 60}, {50, 60}, {90, 20}};
        const auto edit = editing::newPath(draftOf(*project), layer, line, like("snow_line"));
        QCOMPARE(edit.description, std::string("Draw snow line"));
        project->commit(edit, {"s2020"});
        const auto drawn = project->outlines(layer).find(edit.then->uuid);
        QVERIFY(geo::kindOf(drawn->geometry) == geo::ShapeKind::Polyline);
        QVERIFY(geo::linesOf(drawn->geometry) == (std::vector<geo::Ring>{{{10, 10}, {50, 60}, {90, 20}}}));
        QCOMPARE(drawn->area(), 0.0);
        QVERIFY(drawn->extent() == (geo::Extent{10, 10, 90, 60}));
        QVERIFY(
            std::abs(geo::geodesicLength(geo::lineShape({{500000, 5000000}, {500000, 5001000}}), utm32()) -
                     1000.4) < 0.01); // the scale of the projection is 0.9996 there
        QCOMPARE(attribute(*drawn, "glac_uuid"), std::string("a"));
        // Vertices are moved, inserted and removed as those of outlines are.
        const auto& ref = *edit.then;
        project->commit(editing::moveVertex(draftOf(*project), ref, {0, 1, 2}, {95, 25}), {});
        project->commit(editing::insertVertex(draftOf(*project), ref, {0, 1, 1}, {70, 70}), {});
        const auto wrapped = std::vector<geo::VertexId>{{0, 1, 0}, {0, 1, 3}}; // both ends
        project->commit(editing::moveVertices(draftOf(*project), ref, wrapped, {0, 5}), {});
        const auto now = [&] { return geo::linesOf(project->outlines(layer).find(ref.uuid)->geometry); };
        QVERIFY(now() == (std::vector<geo::Ring>{{{10, 15}, {50, 60}, {70, 70}, {95, 30}}}));
        project->commit(editing::lengthenedPath(draftOf(*project), ref, {{10, 15}, {0, 0}}), {});
        QVERIFY(now() == (std::vector<geo::Ring>{{{95, 30}, {70, 70}, {50, 60}, {10, 15}, {0, 0}}}));
        project->commit(editing::removeVertices(draftOf(*project), ref, {{0, 1, 0}, {0, 1, 4}}), {});
        QVERIFY(now() == (std::vector<geo::Ring>{{{70, 70}, {50, 60}, {10, 15}}}));
        const auto before = *project->outlines(layer).find(ref.uuid);
        const auto gone = editing::removeVertices(draftOf(*project), ref, {{0, 1, 0}, {0, 1, 1}});
        QVERIFY(gone.changes.front().after == nullptr); // one vertex is no line
        project->close();
        project = Project::open(file);
        QCOMPARE(project->notes().size(), std::size_t{0});
        QVERIFY(*project->outlines(layer).find(ref.uuid) == before);
        project->undo();
        project->undo();
        QVERIFY(now() == (std::vector<geo::Ring>{{{10, 15}, {50, 60}, {70, 70}, {95, 30}}}));
        project->redo();
        project->redo();
        QVERIFY(*project->outlines(layer).find(ref.uuid) == before);
        project->close();
        QCOMPARE(typeIn(file, "snow_line"), std::string("Multi Line String, Multi Line String"));
    }

    void aPointIsPlacedMovedAndReadAsOneByOthers() {
        const auto file = m_folder.newFile();
        auto project = withInventory(file);
        const auto layer = startLayer(*project, "highest");
        const auto edit = editing::newPath(draftOf(*project), layer, {{550, 50}}, like("highest"));
        QCOMPARE(edit.description, std::string("Place highest point"));
        project->commit(edit, {"s2020"});
        project->commit(editing::moveVertex(draftOf(*project), *edit.then, {0, 1, 0}, {560, 40}), {});
        project->close();
        QCOMPARE(typeIn(file, "highest"), std::string("Point, Point"));
        project = Project::open(file);
        const auto point = project->outlines(layer).find(edit.then->uuid);
        QVERIFY(point != nullptr);
        QVERIFY(point->geometry == geo::pointShape({560, 40}));
        QCOMPARE(attribute(*point, "glac_uuid"), std::string("b"));
        project->undo();
        QVERIFY(project->outlines(layer).find(edit.then->uuid)->geometry == geo::pointShape({550, 50}));
    }

    void whatALayerDoesNotHoldIsRefusedAndNothingIsChanged() {
        const auto project = withInventory(m_folder.newFile());
        const auto lines = startLayer(*project, "terminus");
        const auto line = editing::newPath(draftOf(*project), "inventory", {{1, 1}, {2, 2}}, {});
        QVERIFY(has(messageOf([&] { project->commit(line, {}); }), "holds polygons"));
        const auto area =
            editing::newGlacier(draftOf(*project), lines, {{0, 0}, {10, 0}, {10, 10}}, like("terminus"));
        QVERIFY(has(messageOf([&] { project->commit(area, {}); }), "holds lines"));
        const auto nowhere = editing::newPath(draftOf(*project), lines, {{1, 1}, {1, 1}}, like("terminus"));
        QVERIFY(has(messageOf([&] { project->commit(nowhere, {}); }), "holds lines"));
        QCOMPARE(project->outlines(lines).size(), std::size_t{0});
        // What is done with ground says that a line has none.
        const auto drawn = editing::newPath(draftOf(*project), lines, {{0, 50}, {100, 60}}, like("terminus"));
        project->commit(drawn, {});
        const std::array across{geo::Ring{{50, 0}, {50, 100}}};
        QVERIFY(has(messageOf([&] { editing::split(draftOf(*project), *drawn.then, across, {}); }),
                    "A line has no ground."));
    }

    void linesAndPointsGoIntoFilesOfEachFormatAndComeBack() {
        const auto folder = m_folder.newFile().parent_path();
        const auto project = withInventory(folder / "from.gpkg");
        // Near the zone's meridian: GeoJSON has degrees.
        const geo::Ring line{{500010, 5000010}, {500050, 5000060}, {500090, 5000020}};
        startLayer(*project, "terminus");
        startLayer(*project, "lowest");
        project->commit(editing::newPath(draftOf(*project), "terminus", line, like("terminus")), {"s2020"});
        project->commit(editing::newPath(draftOf(*project), "lowest", {line[1]}, like("lowest")), {"s2020"});
        for (const char* ending : {".gpkg", ".shp", ".geojson"}) {
            for (const auto& [layer, types] : std::vector<std::pair<std::string, std::set<std::string>>>{
                     {"terminus", {"Multi Line String, Multi Line String", "Line String, Line String"}},
                     {"lowest", {"Point, Point"}}}) {
                const auto file = folder / (layer + ending);
                const auto written =
                    exchange::exportLayer(layer, project->outlines(layer).all(), project->crs(), file);
                QCOMPARE(written.count, std::size_t{1});
                const auto is = typeIn(file, layer.c_str());
                QVERIFY2(types.contains(is), is.c_str());
                exchange::ImportOptions options;
                options.side = sideKindOf(std::string_view(layer));
                const auto read = exchange::readOutlines(file, project->crs(), options);
                QCOMPARE(read.outlines.size(), std::size_t{1});
                const auto& before = *project->outlines(layer).all().front();
                const auto& after = read.outlines.front();
                QCOMPARE(after.uuid, before.uuid);
                QCOMPARE(attribute(after, "line_type"), layer);
                const auto was = geo::linesOf(before.geometry);
                const auto now = geo::linesOf(after.geometry);
                QCOMPARE(now.size(), was.size());
                QCOMPARE(now[0].size(), was[0].size());
                for (std::size_t i = 0; i < now[0].size(); ++i) {
                    QVERIFY(std::hypot(now[0][i].x - was[0][i].x, now[0][i].y - was[0][i].y) < 0.01);
                }
                const bool isLine = layer == "terminus";
                QCOMPARE(attribute(after, "length_m").empty(), !isLine);
                QVERIFY(attribute(after, "area_km2").empty());
                // A layer of polygons finds none in it.
                QVERIFY(
                    has(messageOf([&] { exchange::readOutlines(file, project->crs()); }), "has no polygons"));
            }
        }
    }

    void aLayerTakesItsKindOfAFileAndSaysWhatItLeftOut() {
        const auto folder = m_folder.newFile().parent_path();
        auto lake = square("lake", 600020, 5000020, 50);
        lake.attributes = {{"line_type", "supra_lake"}, {"glac_id", "G000001E00001N"}};
        auto debris = square("debris", 600200, 5000020, 50);
        debris.attributes = {{"line_type", "debris_cov"}};
        auto glacier = square("glacier", 600000, 5000000, 100);
        glacier.attributes = {{"line_type", "glac_bound"}};
        exchange::writeOutlines({lake, debris, glacier}, utm32(), folder / "glims.gpkg");
        const auto project = Project::create(folder / "into.gpkg", utm32());
        project::ImportRequest request{"supra_lake", {}, {}, {}};
        const auto layer = project::layerForImport(*project, request);
        QVERIFY(layer.kind == LayerKind::Side);
        exchange::ImportOptions options;
        options.side = sideKindOf(layer);
        const auto read = exchange::readOutlines(folder / "glims.gpkg", utm32(), options);
        QCOMPARE(read.outlines.size(), std::size_t{1});
        QCOMPARE(read.outlines.front().name, std::string("Glacier lake"));
        std::string notes;
        for (const auto& note : read.notes) {
            notes += note;
        }
        QVERIFY(has(notes, "line type debris_cov"));
        QVERIFY(has(notes, "line type glac_bound"));
        project->importOutlines(layer, read.outlines);
        QCOMPARE(outlines::titleOf(project->layer("supra_lake")), std::string("Supraglacial lakes"));
        const auto kept = project->outlines("supra_lake").all().front();
        // A lake is not called as its glacier.
        QCOMPARE(outlines::nameInSentence(*kept), std::string("Glacier lake"));
    }

    void aLayerOfLinesIsRemovedAndComesBackWithThem() {
        const auto file = m_folder.newFile();
        auto project = withInventory(file);
        const auto layer = startLayer(*project, "centerline");
        project->commit(editing::newPath(draftOf(*project), layer, {{0, 50}, {100, 60}}, like("centerline")),
                        {});
        project->removeLayer(layer);
        project->undo();
        QCOMPARE(project->outlines(layer).size(), std::size_t{1});
        project->close();
        QCOMPARE(typeIn(file, "centerline"), std::string("Multi Line String, Multi Line String"));
    }
};

QTEST_GUILESS_MAIN(SideLayersTest)
#include "side_layers_test.moc"
