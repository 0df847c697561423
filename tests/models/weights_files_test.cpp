// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "models/safetensors.h"
#include "support/plain_test.h"
#include "support/temporary_folder.h"

#include <bit>
#include <cstring>
#include <fstream>
#include <limits>

using namespace nunatak;
using namespace nunatak::tests;
using models::NamedTensors;

namespace {

void writeBytes(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
}

std::string readBytes(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// A safetensors file with this header and so many zero bytes of data.
std::string withHeader(const std::string& header, std::size_t data) {
    const std::uint64_t length = header.size();
    std::string bytes(sizeof length, '\0');
    std::memcpy(bytes.data(), &length, sizeof length);
    return bytes + header + std::string(data, '\0');
}

void refused(const std::string& bytes, const std::string& why) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "hostile.safetensors";
    writeBytes(file, bytes);
    NUNATAK_CHECK_THROWS(Error, why, models::readSafetensors(file));
    NUNATAK_CHECK_THROWS(Error, "hostile.safetensors", models::readSafetensors(file));
}

NamedTensors someTensors() {
    return {{"a", {{2, 3}, {1, 2, 3, 4, 5, 6}}}, {"b/c", {{}, {-7.5f}}}, {"empty", {{0, 4}, {}}}};
}

void whatIsWrittenIsReadAgain() {
    const TemporaryFolder folder;
    const auto file = folder.path() / "w.safetensors";
    models::writeSafetensors(someTensors(), {{"made_by", "a test"}}, file);
    NUNATAK_CHECK(models::readSafetensors(file) == someTensors());
    NUNATAK_CHECK_EQUAL(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

void theFileIsTheOneThatPythonReads() {
    const TemporaryFolder folder;
    const auto file = folder.path() / "w.safetensors";
    models::writeSafetensors({{"x", {{2}, {1, -2}}}}, {}, file);
    const auto bytes = readBytes(file);
    const std::string header = R"({"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})";
    NUNATAK_CHECK(bytes.substr(8, header.size()) == header);
    NUNATAK_CHECK_EQUAL((bytes.size() - 8) % 8, 0u);
    NUNATAK_CHECK(bytes.substr(bytes.size() - 8) == std::string("\0\0\x80\x3f\0\0\0\xc0", 8));
}

void everyTruncationIsRefused() {
    const TemporaryFolder folder;
    const auto file = folder.path() / "w.safetensors";
    models::writeSafetensors(someTensors(), {}, file);
    const auto bytes = readBytes(file);
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        refused(bytes.substr(0, length), "cannot be used");
    }
    refused(bytes + '\0', "bytes after the last tensor");
}

void aHeaderThatClaimsMoreThanTheFileIsRefused() {
    auto bytes = withHeader("{}", 0);
    bytes.replace(0, 8, 8, '\xff');
    refused(bytes, "its header claims 18446744073709551615 bytes");
}

void offsetsBeyondTheFileAreRefused() {
    refused(withHeader(R"({"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 4), "beyond the end");
    refused(withHeader(R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[8,4]}})", 8), "beyond the end");
}

void hugeShapesAreRefusedBeforeAnythingIsAllocated() {
    refused(withHeader(R"({"x":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}})", 4),
            "larger than the file");
    refused(withHeader(R"({"x":{"dtype":"F32","shape":[2147483648,2147483648,4],"data_offsets":[0,0]}})", 0),
            "larger than the file");
    refused(withHeader(R"({"x":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})", 8),
            "does not fit its shape");
}

void overlapsAndHolesAreRefused() {
    refused(withHeader(R"({"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                       R"("y":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})",
                       12),
            "overlaps another");
    refused(withHeader(R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", 8), "leaves a hole");
}

void otherTypesAndShapesThatAreNoneAreRefused() {
    refused(withHeader(R"({"x":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}})", 8), "not of type F32");
    refused(withHeader(R"({"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", 4), "no usable shape");
    refused(withHeader(R"({"x":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}})", 4), "no usable shape");
    refused(withHeader(R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[0]}})", 4),
            "no usable data_offsets");
    refused(withHeader(R"({"x":{"shape":[1]}})", 4), "lacks dtype");
    refused(withHeader(R"({"x":[]})", 4), "lacks dtype");
    refused(withHeader(R"([1,2])", 0), "not a list of tensors");
    refused(withHeader(R"({"x":)", 0), "not valid JSON");
}

void deepNestingDoesNotEndTheStack() {
    refused(withHeader(std::string(1'000'000, '['), 0), "not valid JSON");
}

void valuesThatAreNotFiniteAreRefusedOnBothWays() {
    auto bytes = withHeader(R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 4);
    bytes.replace(bytes.size() - 4, 4, "\0\0\xc0\x7f", 4);
    refused(bytes, "infinite or not a number");
    const TemporaryFolder folder;
    const auto file = folder.path() / "w.safetensors";
    models::writeSafetensors(someTensors(), {}, file);
    NamedTensors bad{{"x", {{1}, {std::numeric_limits<float>::infinity()}}}};
    NUNATAK_CHECK_THROWS(Error, "infinite or not a number", models::writeSafetensors(bad, {}, file));
    NUNATAK_CHECK(models::readSafetensors(file) == someTensors());
}

void aMissingFileAndAFolderAreNamed() {
    const TemporaryFolder folder;
    NUNATAK_CHECK_THROWS(Error, "no such file", models::readSafetensors(folder.path() / "none.safetensors"));
    NUNATAK_CHECK_THROWS(Error, "no such file", models::readSafetensors(folder.path()));
    NUNATAK_CHECK_THROWS(
        Error, "does not exist: make it first",
        models::writeSafetensors({}, {}, folder.path() / "no" / "such" / "folder.safetensors"));
}

void sha256IsTheKnownOne() {
    const TemporaryFolder folder;
    const auto file = folder.path() / "text";
    const auto sumOf = [&](const std::string& text) {
        writeBytes(file, text);
        return models::fileSha256(file);
    };
    NUNATAK_CHECK_EQUAL(sumOf(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    NUNATAK_CHECK_EQUAL(sumOf("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    NUNATAK_CHECK_EQUAL(sumOf("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
                        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    NUNATAK_CHECK_EQUAL(sumOf(std::string(1'000'000, 'a')),
                        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    NUNATAK_CHECK_THROWS(Error, "none", models::fileSha256(folder.path() / "none"));
}

} // namespace

std::vector<PlainTest> nunatak::tests::plainTests() {
    return {
        NUNATAK_PLAIN_TEST(whatIsWrittenIsReadAgain),
        NUNATAK_PLAIN_TEST(theFileIsTheOneThatPythonReads),
        NUNATAK_PLAIN_TEST(everyTruncationIsRefused),
        NUNATAK_PLAIN_TEST(aHeaderThatClaimsMoreThanTheFileIsRefused),
        NUNATAK_PLAIN_TEST(offsetsBeyondTheFileAreRefused),
        NUNATAK_PLAIN_TEST(hugeShapesAreRefusedBeforeAnythingIsAllocated),
        NUNATAK_PLAIN_TEST(overlapsAndHolesAreRefused),
        NUNATAK_PLAIN_TEST(otherTypesAndShapesThatAreNoneAreRefused),
        NUNATAK_PLAIN_TEST(deepNestingDoesNotEndTheStack),
        NUNATAK_PLAIN_TEST(valuesThatAreNotFiniteAreRefusedOnBothWays),
        NUNATAK_PLAIN_TEST(aMissingFileAndAFolderAreNamed),
        NUNATAK_PLAIN_TEST(sha256IsTheKnownOne),
    };
}
