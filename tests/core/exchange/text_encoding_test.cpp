// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/text_encoding.h"
#include "exchange_fixtures.h"
#include "vector_fixtures.h"

using namespace nunatak;
using namespace nunatak::exchange;
using namespace nunatak::tests;

namespace {

/// A Shapefile whose names are these bytes, each of 20.
void writeNames(const std::filesystem::path& file, const std::vector<QByteArray>& names, char codePage,
                const std::string& cpg) {
    constexpr int width = 20;
    std::vector<TestFeature> features;
    for (std::size_t i = 0; i < names.size(); ++i) {
        features.push_back({squareText(static_cast<int>(i)), {{"name", std::string(width, '#')}}});
    }
    writeLayer(file, features);
    std::filesystem::path dbf = file;
    dbf.replace_extension(".dbf");
    std::ifstream in(dbf, std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    in.close();
    bytes[29] = codePage;
    std::size_t at = 0;
    for (const auto& name : names) {
        at = bytes.find(std::string(width, '#'), at);
        QVERIFY(at != std::string::npos);
        bytes.replace(at, width, name.leftJustified(width, ' ', true).toStdString());
    }
    writeText(dbf, bytes);
    std::filesystem::path said = file;
    said.replace_extension(".cpg");
    std::filesystem::remove(said);
    if (!cpg.empty()) {
        writeText(said, cpg);
    }
}

} // namespace

class TextEncodingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesComeWithTheirLettersWhateverTheFileSays_data() {
        QTest::addColumn<QList<QByteArray>>("bytes");
        QTest::addColumn<int>("codePage");
        QTest::addColumn<QString>("cpg");
        QTest::addColumn<QString>("encoding");
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<bool>("isTold");
        const QByteArray latin = "Storglaci\xE4ren";
        const QByteArray utf8 = "Storglaci\xC3\xA4ren";
        const QString name = QString::fromUtf8("Storglaciären");
        QTest::newRow("Latin-1, nothing said") << QList{latin} << 0 << ""
                                               << "" << QStringList{name} << true;
        QTest::newRow("Latin-1, said") << QList{latin} << 0 << "ISO-8859-1"
                                       << "" << QStringList{name} << false;
        QTest::newRow("Windows, by the DBF's code")
            << QList<QByteArray>{"Vadret \x96 Pal\xFC"} << 0x57 << ""
            << "" << QStringList{QString::fromUtf8("Vadret – Palü")} << false;
        QTest::newRow("UTF-8, nothing said") << QList{utf8} << 0 << ""
                                             << "" << QStringList{name} << false;
        QTest::newRow("UTF-8, Latin-1 said") << QList{utf8} << 0x57 << ""
                                             << "" << QStringList{name} << true;
        QTest::newRow("Latin-1, UTF-8 said")
            << QList<QByteArray>{"Pal\xFC", "Rh\xF4ne"} << 0 << "UTF-8"
            << "" << QStringList{QString::fromUtf8("Palü"), QString::fromUtf8("Rhône")} << true;
        QTest::newRow("a last letter of Latin-1") << QList<QByteArray>{"Vall\xE9"} << 0 << ""
                                                  << "" << QStringList{QString::fromUtf8("Vallé")} << true;
        QTest::newRow("a letter cut by the field's width")
            << QList<QByteArray>{"Storglaci\xC3\xA4rens snn\xC3\xA4", "Rh\xC3\xB4ne"} << 0 << ""
            << "" << QStringList{QString::fromUtf8("Storglaciärens snn"), QString::fromUtf8("Rhône")}
            << false;
        QTest::newRow("Cyrillic, told by the user")
            << QList<QByteArray>{"\xC0\xEB\xE8\xE1\xE5\xEA"} << 0 << ""
            << "CP1251" << QStringList{QString::fromUtf8("Алибек")} << false;
    }
    void namesComeWithTheirLettersWhateverTheFileSays() {
        QFETCH(QList<QByteArray>, bytes);
        QFETCH(int, codePage);
        QFETCH(QString, cpg);
        QFETCH(QString, encoding);
        QFETCH(QStringList, names);
        QFETCH(bool, isTold);
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("old.shp").toStdString();
        writeNames(file, {bytes.begin(), bytes.end()}, static_cast<char>(codePage), cpg.toStdString());
        ImportOptions options;
        options.encoding = encoding.toStdString();
        const auto read = readOutlines(file, utm32(), options);
        QStringList found;
        for (const auto& outline : read.outlines) {
            found << QString::fromStdString(outline.name);
        }
        QCOMPARE(found, names);
        QCOMPARE(hasNote(read, "which the file does not say"), isTold);
    }

    void anEncodingThatNobodyKnowsIsRefusedFromAUserAndNotFollowedInAFile() {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("odd.shp").toStdString();
        writeNames(file, {"Pal\xFC"}, 0, "KLINGON-7");
        QCOMPARE(readOutlines(file, utm32()).outlines.at(0).name, std::string("Pal\xC3\xBC"));
        ImportOptions options;
        options.encoding = "KLINGON-7";
        const auto message = errorOf([&] { readOutlines(file, utm32(), options); });
        QVERIFY2(message.find("is no encoding") != std::string::npos, message.c_str());
        QVERIFY(isKnownEncoding("CP932") && isKnownEncoding("ISO-8859-2") && !isKnownEncoding("nonsense"));
    }
};

QTEST_GUILESS_MAIN(TextEncodingTest)
#include "text_encoding_test.moc"
