// SPDX-License-Identifier: GPL-3.0-or-later
#include "store_fixture.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <memory>
#include <set>

#include <QProcess>

using namespace nunatak;
using namespace nunatak::tests;
using database::Store;

namespace {

GDALDatasetUniquePtr openWithOgr(const std::filesystem::path& file, bool update) {
    return GDALDatasetUniquePtr(GDALDataset::Open(
        file.c_str(), static_cast<unsigned>(GDAL_OF_VECTOR | (update ? GDAL_OF_UPDATE : GDAL_OF_READONLY))));
}

/// Makes the test skip (empty) or says what GDAL's own validator finds ("" after "ok").
std::string verdictOf(const std::filesystem::path& file) {
    QProcess validator;
    validator.start("/usr/bin/python3",
                    {"-m", "osgeo_utils.samples.validate_gpkg", QString::fromStdString(file.string())});
    if (!validator.waitForFinished(60000)) {
        return {};
    }
    const QByteArray output = validator.readAllStandardOutput() + validator.readAllStandardError();
    if (output.contains("No module named")) {
        return {};
    }
    return validator.exitCode() == 0 ? "ok" : output.toStdString();
}

} // namespace

class StoreGeopackageTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_count = 0;

    std::filesystem::path newProject() {
        const std::filesystem::path file =
            std::filesystem::path(m_folder.path().toStdString()) / (std::to_string(++m_count) + ".gpkg");
        Store::create(file, utm32());
        Store store(file, Store::Mode::ReadWrite);
        store.commit(layerOf("expert", {square("a", 500000, 5000000), square("b", 501000, 5000000)}));
        store.commit(layerOf("corrected", {square("a", 500000, 5000000)}, 2));
        store.close();
        return file;
    }

private Q_SLOTS:
    void initTestCase() { GDALAllRegister(); }

    void theFilePassesTheValidator() {
        const std::string verdict = verdictOf(newProject());
        if (verdict.empty()) {
            QSKIP("GDAL's GeoPackage validator (python3-gdal) is not installed");
        }
        QCOMPARE(verdict, std::string("ok"));
    }

    void aProjectWithoutALayerPassesTheValidator() {
        const auto file = std::filesystem::path(m_folder.path().toStdString()) / "no_layer.gpkg";
        Store::create(file, utm32());
        const std::string verdict = verdictOf(file);
        if (verdict.empty()) {
            QSKIP("GDAL's GeoPackage validator (python3-gdal) is not installed");
        }
        QCOMPARE(verdict, std::string("ok"));
    }

    void otherProgramsSeeTheLayersAndNoInnerTable() {
        const auto file = newProject();
        // QGIS asks GDAL for every table there is, registered or not.
        const char* const everyTable[] = {"LIST_ALL_TABLES=YES", nullptr};
        const std::unique_ptr<GDALDataset> dataset(
            GDALDataset::Open(file.string().c_str(), GDAL_OF_VECTOR, nullptr, everyTable));
        QVERIFY(dataset != nullptr);
        std::set<std::string> names;
        for (auto* layer : dataset->GetLayers()) {
            names.insert(layer->GetName());
        }
        // The last one is QGIS' own, which it does not show.
        QCOMPARE(names, (std::set<std::string>{"corrected", "expert", "layer_styles"}));
        OGRLayer* expert = dataset->GetLayerByName("expert");
        QCOMPARE(expert->GetFeatureCount(), GIntBig{2});
        QCOMPARE(std::string(expert->GetSpatialRef()->GetAuthorityCode(nullptr)), std::string("32632"));
        QCOMPARE(wkbFlatten(expert->GetGeomType()), wkbMultiPolygon);
        OGREnvelope extent;
        QCOMPARE(expert->GetExtent(&extent), OGRERR_NONE);
        QCOMPARE(extent.MaxX, 501100.0);
    }

    void aSystemWithoutACodeIsRecognised() {
        database::SpatialReference crs = utm32();
        crs.code = 0;
        crs.organization = "NONE";
        const auto file = std::filesystem::path(m_folder.path().toStdString()) / "custom.gpkg";
        Store::create(file, crs);
        Store store(file, Store::Mode::ReadWrite);
        store.commit(layerOf("expert", {square("a", 500000, 5000000)}));
        store.close();
        const auto dataset = openWithOgr(file, false);
        const OGRSpatialReference* found = dataset->GetLayerByName("expert")->GetSpatialRef();
        QVERIFY(found != nullptr && found->IsProjected());
        const std::string verdict = verdictOf(file);
        QVERIFY2(verdict.empty() || verdict == "ok", verdict.c_str());
    }

    void weAndOgrWriteOneAfterTheOther() {
        const auto file = newProject();
        for (int round = 0; round < 3; ++round) {
            {
                const auto dataset = openWithOgr(file, true);
                QVERIFY(dataset != nullptr);
                OGRLayer* layer = dataset->GetLayerByName("expert");
                layer->SetAttributeFilter("uuid = 'a'");
                const OGRFeatureUniquePtr known(layer->GetNextFeature());
                QVERIFY(known != nullptr);
                known->SetField("name", ("OGR " + std::to_string(round)).c_str());
                QCOMPARE(layer->SetFeature(known.get()), OGRERR_NONE);
                layer->SetAttributeFilter(nullptr);
                const OGRFeatureUniquePtr added(OGRFeature::CreateFeature(layer->GetLayerDefn()));
                OGRGeometry* shape = nullptr;
                OGRGeometryFactory::createFromWkt("MULTIPOLYGON(((0 0,1 0,1 1,0 0)))", nullptr, &shape);
                added->SetGeometryDirectly(shape);
                QCOMPARE(layer->CreateFeature(added.get()), OGRERR_NONE);
            }
            Store store(file, Store::Mode::ReadWrite);
            QVERIFY(store.settle().empty());
            QCOMPARE(store.forEachFeature("expert", [](database::FeatureRow&&) {}), 1);
            auto rows = featuresOf(store, "expert");
            QCOMPARE(rows.size(), static_cast<std::size_t>(3 + round));
            QCOMPARE(rows.at("a").name, "OGR " + std::to_string(round));
            database::Transaction edit;
            edit.features.push_back({"expert", "b", square("b", 502000 + round, 5000000)});
            edit.extents["expert"] = database::Box{0, 0, 600000, 5100000};
            store.commit(edit);
            store.close();
        }
        {
            const auto dataset = openWithOgr(file, false);
            OGRLayer* layer = dataset->GetLayerByName("expert");
            layer->SetSpatialFilterRect(502001, 5000000, 502150, 5000100);
            QCOMPARE(layer->GetFeatureCount(), GIntBig{1});
        }
        const std::string verdict = verdictOf(file);
        QVERIFY2(verdict.empty() || verdict == "ok", verdict.c_str());
    }

    void aLayerThatAnotherProgramRemovedIsNoted() {
        const auto file = newProject();
        {
            const auto dataset = openWithOgr(file, true);
            int index = 0;
            while (dataset->GetLayer(index)->GetName() != std::string("corrected")) {
                ++index;
            }
            QCOMPARE(dataset->DeleteLayer(index), OGRERR_NONE);
        }
        Store store(file, Store::Mode::ReadWrite);
        const database::Contents contents = store.contents();
        QCOMPARE(contents.layers.size(), std::size_t{1});
        QCOMPARE(contents.notes.size(), std::size_t{1});
        store.commit(layerOf("corrected", {square("c", 0, 0)}, 3));
        QCOMPARE(featuresOf(store, "corrected").size(), std::size_t{1});
    }

    void aLayerOfAnotherProgramKeepsItsName() {
        const auto file = newProject();
        {
            const auto dataset = openWithOgr(file, true);
            QVERIFY(dataset->CreateLayer("moraines", nullptr, wkbPoint) != nullptr);
        }
        Store store(file, Store::Mode::ReadWrite);
        const auto tables = store.contents().otherTables;
        QVERIFY(std::find(tables.begin(), tables.end(), "moraines") != tables.end());
        QCOMPARE(store.contents().layers.size(), std::size_t{2});
    }
};

QTEST_GUILESS_MAIN(StoreGeopackageTest)
#include "store_geopackage_test.moc"
