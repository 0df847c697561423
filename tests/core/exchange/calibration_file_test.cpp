// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "exchange/calibration_file.h"
#include "prediction/calibration.h"
#include "support/shared_data.h"

#include <QtTest>

#include <fstream>

#include <hdf5.h>
#include <nlohmann/json.hpp>

using namespace nunatak;
using namespace nunatak::tests;
using exchange::readCalibration;

namespace {

/// In double: what the golden file holds of the published calibrations.
std::vector<double> numbers(hid_t file, const std::string& path) {
    const hid_t dataset = H5Dopen2(file, path.c_str(), H5P_DEFAULT);
    const hid_t space = H5Dget_space(dataset);
    std::vector<double> values(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)));
    H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    H5Sclose(space);
    H5Dclose(dataset);
    return values;
}

} // namespace

class CalibrationFileTest : public QObject {
    Q_OBJECT

private:
    std::filesystem::path file() const {
        return std::filesystem::path(m_folder.path().toStdString()) / "calibration.json";
    }
    std::string refusal(const std::string& text) const {
        std::ofstream(file()) << text;
        try {
            readCalibration(file(), "plain");
        } catch (const Error& error) {
            return error.what();
        }
        return "not refused";
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void theShippedCalibrationsReproduceWhatTheyPredicted_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"global", "global_insar", "regionencoding"}) {
            QTest::newRow(name) << QString("confidence_calibration_model_glavitu_%1_softmax").arg(name);
        }
    }
    void theShippedCalibrationsReproduceWhatTheyPredicted() {
        QFETCH(QString, name);
        NUNATAK_NEEDS_SHARED("golden/algorithms.h5");
        const auto golden = sharedFile("golden/algorithms.h5");
        const hid_t opened = H5Fopen(golden.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
        const std::string group = "g_calibration/shipped/" + name.toStdString() + "/";
        nlohmann::json json{{"dual_coef_", numbers(opened, group + "dual_coef")}, {"gamma", nullptr}};
        for (const double point : numbers(opened, group + "X_fit")) {
            json["X_fit_"].push_back({point});
        }
        const auto query = numbers(opened, "g_calibration/query");
        const auto expected = numbers(opened, group + "predict_clipped");
        H5Fclose(opened);
        std::ofstream(file()) << json;

        const auto calibration = readCalibration(file(), "tta");
        QCOMPARE(calibration.inference, std::string("tta"));
        QVERIFY(!query.empty());
        double worst = 0;
        for (std::size_t i = 0; i < query.size(); ++i) {
            worst = std::max(worst, std::abs(prediction::calibrated(query[i], calibration) - expected[i]));
        }
        qInfo("within %.2g", worst);
        QVERIFY(worst < 1e-9);
    }

    void columnsAndRowsAreBothRead() {
        std::ofstream(file()) << R"({"X_fit_": [[0], [1]], "dual_coef_": [0.5, 0.25], "gamma": 2})";
        const auto calibration = readCalibration(file(), "plain");
        QVERIFY(calibration.points == (std::vector<double>{0, 1}));
        QVERIFY(calibration.coefficients == (std::vector<double>{0.5, 0.25}));
        QCOMPARE(calibration.gamma, 2.0);
    }

    void whatIsNoCalibrationIsRefusedWithTheReason_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("why");
        QTest::newRow("pickle") << "\x80\x04\x95"
                                << "turned into JSON first";
        QTest::newRow("list") << "[1]"
                              << "not a JSON object";
        QTest::newRow("nothing") << "{}"
                                 << "X_fit_ is not a list";
        QTest::newRow("empty") << R"({"X_fit_": []})"
                               << "X_fit_ is not a list";
        QTest::newRow("two features") << R"({"X_fit_": [[1, 2]]})"
                                      << "X_fit_ holds what is not one number";
        QTest::newRow("lengths") << R"({"X_fit_": [1], "dual_coef_": [1, 2]})"
                                 << "not of the same length";
        QTest::newRow("gamma") << R"({"X_fit_": [1], "dual_coef_": [1], "gamma": 0})"
                               << "gamma is not";
        QTest::newRow("kernel") << R"({"X_fit_": [1], "dual_coef_": [1], "kernel": "rbf"})"
                                << "laplacian";
        QTest::newRow("infinite") << R"({"X_fit_": [1e999], "dual_coef_": [1]})"
                                  << "not valid JSON";
    }
    void whatIsNoCalibrationIsRefusedWithTheReason() {
        QFETCH(QString, text);
        QFETCH(QString, why);
        const auto message = refusal(text.toLatin1().toStdString());
        QVERIFY2(message.find(why.toStdString()) != std::string::npos, message.c_str());
        QVERIFY2(message.find(file().string()) != std::string::npos, message.c_str());
    }
};

QTEST_GUILESS_MAIN(CalibrationFileTest)
#include "calibration_file_test.moc"
