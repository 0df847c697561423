// SPDX-License-Identifier: GPL-3.0-or-later
// Reads one foreign HDF5 file and writes what is wanted of it to standard output (exchange/hdf5_records.h).
// The HDF5 library crashes on damaged files; what crashes here is not the program with the user's work.
//     nunatak-hdf5-reader weights FILE
//     nunatak-hdf5-reader tiles FILE [FEATURE …]
#include "contents.h"
#include "handle.h"
#include "limits.h"

#include <cstdlib>
#include <exception>
#include <new>

namespace {

using namespace nunatak::hdf5_reader;

void send(const std::string& what, const std::string& path, const std::vector<std::string>& features,
          RecordWriter& out) {
    // Nothing is written, so no lock is needed; on some network disks asking for one fails.
    ::setenv("HDF5_USE_FILE_LOCKING", "FALSE", 1);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    H5PLset_loading_state(0);
    const hid_t opened = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    if (opened < 0) {
        throw Unusable("it is not an HDF5 file, or damaged");
    }
    const Handle file(opened, H5Fclose, "the file");
    if (!forbidFurtherFiles()) {
        throw Unusable("the system does not allow it to be read safely");
    }
    if (what == "weights") {
        sendWeights(file, out);
    } else {
        sendTiles(file, features, out);
    }
}

} // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() < 2 || (arguments[0] != "weights" && arguments[0] != "tiles")) {
        return 2;
    }
    if (!limitThisProcess()) {
        return 3;
    }
    RecordWriter out;
    try {
        send(arguments[0], arguments[1], {arguments.begin() + 2, arguments.end()}, out);
        out.endOfFile();
    } catch (const std::bad_alloc&) {
        out.failure("it asks for more memory than such a file needs");
    } catch (const std::exception& error) {
        out.failure(error.what());
    }
    return 0;
}
