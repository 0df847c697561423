// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/dates.h"
#include "base/error.h"
#include "base/image.h"
#include "base/install_paths.h"
#include "base/json_trouble.h"
#include "base/letters.h"
#include "base/progress.h"
#include "base/project_file.h"
#include "base/utf8.h"

#include <QtTest>

#include <chrono>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

using namespace nunatak;

class BaseTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPartOfProgressReportsItsShareOfTheWhole() {
        std::vector<double> fractions;
        const Progress whole([&](double fraction, std::string_view) { fractions.push_back(fraction); }, {});
        const auto secondHalf = whole.part(0.5, 1);
        secondHalf.report(0);
        secondHalf.part(0.5, 1).report(0.5);
        secondHalf.report(7);
        QCOMPARE(fractions, (std::vector<double>{0.5, 0.875, 1}));
    }

    void reportingThrowsOnceTheWorkShallStop() {
        std::stop_source stop;
        const Progress progress({}, stop.get_token());
        progress.report(0.1);
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(progress.report(0.2), Cancelled);
        QVERIFY_EXCEPTION_THROWN(progress.part(0, 0.5).throwIfStopped(), Error);
    }

    void nobodyNeedsToListen() {
        Progress().report(0.5, "Working");
        QVERIFY(!Progress().stopToken().stop_possible());
    }

    void unmistakableNotationsOfADateAreRead_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("date");
        const auto row = [](const char* text, const char* date) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(date);
        };
        for (const char* text : {"2020-08-20",
                                 " 2020-08-20 ",
                                 "20200820",
                                 "2020/08/20",
                                 "2020-8-20",
                                 "2020.08.20",
                                 "20.08.2020",
                                 "20/08/2020",
                                 "20-08-2020",
                                 "08/20/2020",
                                 "20 Aug 2020",
                                 "20-AUG-2020",
                                 "August 20, 2020",
                                 "2020 Aug 20",
                                 "20. August 2020",
                                 "2020-08-20T10:20Z",
                                 "2020-08-20T10:20:30.123Z",
                                 "2020-08-20 10:20:30",
                                 "20200820T102030",
                                 "20.08.2020 10:20",
                                 "2020-233",
                                 "2020233",
                                 "20200820.0",
                                 "2020-08-20Z",
                                 "2020-08-20T23:30+02:00",
                                 "2020-08-21T00:30+02:00",
                                 "2020-08-19T20:30-0500",
                                 "20 août 2020",
                                 "20 AOÛT 2020",
                                 "20. August 2020 10:20",
                                 "20 de agosto de 2020",
                                 "20 ago 2020",
                                 "20. ágúst 2020",
                                 "20 августа 2020 г.",
                                 "20 АВГУСТА 2020",
                                 "20 of August 2020",
                                 "2020年8月20日"}) {
            row(text, "2020-08-20");
        }
        row("8.7.2020", "2020-07-08");
        row("07/07/2020", "2020-07-07");
        row("2020", "2020");
        row("2020.0", "2020");
        row("2020-08", "2020-08");
        row("2020/8", "2020-08");
        row("08/2020", "2020-08");
        row("Aug 2020", "2020-08");
        row("janv. 2020", "2020-01");
        row("3. März 2020", "2020-03-03");
        row("3 mai 2020", "2020-05-03");
        row("3 maj 2020", "2020-05-03");
        row("3 desember 2020", "2020-12-03");
        row("3 outubro 2020", "2020-10-03");
        row("2020年8月", "2020-08");
        row("2000-02-29", "2000-02-29");
        row("2020-366", "2020-12-31");
        row("13082003", "2003-08-13");
        row("20039999", "2003");
        row("20030899", "2003-08");
        row("20030000", "2003");
    }
    void unmistakableNotationsOfADateAreRead() {
        QFETCH(QString, text);
        QFETCH(QString, date);
        const DateReading found = readDate(text.toStdString());
        QCOMPARE(QString::fromStdString(found.date), date);
        QCOMPARE(found.kind, DateReading::Kind::Date);
        QCOMPARE(QString::fromStdString(isoDateFrom(text.toStdString())), date);
        QVERIFY(isIsoDate(date.toStdString()));
    }

    void whatSaysThatADateIsUnknownIsNoDateAndNoMistake() {
        for (const char* text : {"", "  ", "-9999999", "-9999", "NULL", "nan", "0", "00000000", "99999999"}) {
            QCOMPARE(readDate(text), DateReading{});
            QCOMPARE(isoDateFrom(text), std::string());
            QVERIFY(!isIsoDate(text));
        }
    }

    void aDateThatMayBeTwoIsRefusedUnlessTheOrderIsKnown() {
        for (const char* text : {"08/07/2020", "8-7-2020", "08/07/2020 10:20"}) {
            QCOMPARE(readDate(text), (DateReading{DateReading::Kind::Ambiguous, "2020"}));
            QCOMPARE(readDate(text, DateOrder::DayFirst).date, std::string("2020-07-08"));
            QCOMPARE(readDate(text, DateOrder::MonthFirst).date, std::string("2020-08-07"));
            QVERIFY_EXCEPTION_THROWN(isoDateFrom(text), Error);
        }
        // What is plain by itself stays what it is.
        QCOMPARE(readDate("20/08/2020", DateOrder::MonthFirst).date, std::string("2020-08-20"));
        QCOMPARE(readDate("08/20/2020", DateOrder::DayFirst).date, std::string("2020-08-20"));
        QCOMPARE(readDate("08.07.2020", DateOrder::MonthFirst).date, std::string("2020-07-08"));
    }

    void datesOfOneSourceTellWhatStandsFirst() {
        QCOMPARE(dateOrderOf({"08/07/2020", "20/08/2020"}), DateOrder::DayFirst);
        QCOMPARE(dateOrderOf({"08/07/2020", "08/20/2020", "-9999999"}), DateOrder::MonthFirst);
        QCOMPARE(dateOrderOf({"08/07/2020", "07/07/2020", "2020-08-20", "20200820"}), DateOrder::Unsaid);
        QCOMPARE(dateOrderOf({"20/08/2020", "08/20/2020"}), DateOrder::Unsaid);
    }

    void whatIsNoDateIsRefusedAndKeepsItsYearWhereThatIsPlain() {
        for (const auto& [text, date] :
             std::initializer_list<std::pair<const char*, const char*>>{{"summer", ""},
                                                                        {"20010229", "2001-02"},
                                                                        {"2001-02-30", "2001-02"},
                                                                        {"2020-13-01", "2020"},
                                                                        {"20.08.20", ""},
                                                                        {"2003-2005", ""},
                                                                        {"200308", ""},
                                                                        {"2003.5", "2003"},
                                                                        {"2020-08-20Tnoon", ""},
                                                                        {"20201301", "2020"},
                                                                        {"3020-08-20", ""},
                                                                        {"2021-366", "2021"},
                                                                        {"32.01.2020", "2020-01"},
                                                                        {"1-2-3-4", ""},
                                                                        {"2020-08-20T25:00", "2020-08-20"},
                                                                        {"\xff\xfe", ""},
                                                                        {"2003mar9999", "2003-03"},
                                                                        {"nan-08-20", ""}}) {
            QCOMPARE(readDate(text), (DateReading{DateReading::Kind::NoDate, date}));
            QVERIFY_EXCEPTION_THROWN(isoDateFrom(text), Error);
        }
    }

    void aDateAheadIsTold() {
        using namespace std::chrono;
        const year_month_day today(floor<days>(system_clock::now()));
        const std::string thisYear = std::to_string(int(today.year()));
        const std::string nextYear = std::to_string(int(today.year()) + 1);
        QVERIFY(liesAhead(nextYear) && liesAhead(nextYear + "-02") && liesAhead(nextYear + "-02-03"));
        QVERIFY(!liesAhead(thisYear) && !liesAhead("2020-08-20") && !liesAhead(thisYear + "-01-01"));
        QVERIFY(!liesAhead("") && !liesAhead("soon"));
    }

    void whatStopsAParserOfJsonIsNamedByItsKey() {
        const std::string text = "{\"name\": \"a : \\\"b\\\"\", \"scale\": NaN, \"more\": 1}";
        QCOMPARE(jsonTrouble(text, text.find("NaN") + 1),
                 std::string("says NaN for \"scale\", and JSON has no such number; write a number"));
        const std::string minus = R"({"x": {"offset": -Infinity}})";
        QCOMPARE(jsonTrouble(minus, minus.find("Inf") + 1),
                 std::string("says -Infinity for \"offset\", and JSON has no such number; write a number"));
        QCOMPARE(jsonTrouble("{\"rasters\": [", 14),
                 std::string("is damaged or cut off at byte 14, after \"rasters\""));
        QCOMPARE(jsonTrouble("", 1), std::string("is damaged or cut off at byte 1"));
        QCOMPARE(jsonTrouble("\"cut \\", 9), std::string("is damaged or cut off at byte 9"));
    }

    void capitalsOfUtf8StayAsTheyAre() {
        QCOMPARE(lowerCase("RGIId \xc3\x89_09"), std::string("rgiid \xc3\x89_09"));
        QVERIFY(isSameInAnyCase("Area_KM2", "area_km2"));
        QVERIFY(!isSameInAnyCase("area", "areas"));
        QVERIFY(!isSameInAnyCase("[", "{")); // 32 apart, as capitals are
    }

    void aTextThatIsNoUtf8IsToldWhereverItBreaks() {
        for (std::size_t length = 1; length <= 24; ++length) {
            const std::string plain(length, '\x7f');
            QVERIFY(isUtf8(plain));
            for (std::size_t at = 0; at < length; ++at) {
                for (const char odd : {'\x00', '\x80', '\xc3', '\xff'}) {
                    std::string broken = plain;
                    broken[at] = odd;
                    QVERIFY(!isUtf8(broken));
                    QCOMPARE(asUtf8(broken), plain.substr(0, at) + "\xEF\xBF\xBD" + plain.substr(at + 1));
                    // Fine letters around it do not hide it.
                    QVERIFY(!isUtf8("Mer de Glac\xc3\xa9 " + broken));
                }
                QVERIFY(isUtf8(plain.substr(0, at) + "\xc3\xa9" + plain.substr(at)));
            }
        }
    }

    void aProjectIsCalledGpkg() {
        throwUnlessProjectName("alps.gpkg");
        throwUnlessProjectName("ALPS.GPKG");
        for (const char* name : {"alps.shp", "alps", "gpkg", "alps.gpkg.tif"}) {
            QVERIFY_EXCEPTION_THROWN(throwUnlessProjectName(name), Error);
        }
    }

    void anImageKeepsItsBandsOneAfterTheOther() {
        Image<int> image(2, 3, 4, 7);
        image.at(1, 2, 3) = 9;
        QCOMPARE(image.bandSize(), std::size_t(12));
        QCOMPARE(image.values().back(), 9);
        QCOMPARE(image.band(1)[0], 7);
        QCOMPARE(image.row(1, 2)[3], 9);
    }

    void theEnvironmentNamesAnotherModuleAndAnotherFolderOfModels() {
        qputenv("NUNATAK_MODELS_MODULE", "/elsewhere/module.so");
        qputenv("NUNATAK_USER_MODELS", "/elsewhere/models");
        const auto paths = installPaths();
        qunsetenv("NUNATAK_MODELS_MODULE");
        qunsetenv("NUNATAK_USER_MODELS");
        QCOMPARE(paths.modelsModule.string(), std::string("/elsewhere/module.so"));
        QCOMPARE(paths.userModels.string(), std::string("/elsewhere/models"));
        QCOMPARE(installPaths().modelsModule.filename().string(), std::string("nunatak_models.so"));
    }
};

QTEST_APPLESS_MAIN(BaseTest)
#include "base_test.moc"
