package dev.daveloper.http.failures;

import java.io.IOException;
import java.net.http.HttpRequest;

/** How a collector wants to be told. For one thread. */
interface ReportForm {
    /** What the gateway is called there. */
    String SERVICE = "daveloper";

    HttpRequest request(Report report) throws IOException;
}
